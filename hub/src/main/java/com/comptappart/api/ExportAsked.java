package com.comptappart.api;

import com.comptappart.accounting.Days;
import com.comptappart.accounting.FecExport;
import com.comptappart.accounting.Format;
import com.comptappart.accounting.VatExport;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Refused;
import com.comptappart.partner.Caller;
import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Reads what an export is asked for; without a word about it, that is production. */
final class ExportAsked {

    private static final String FIRST_YEAR = "2000";
    private static final String LAST_YEAR = "2099";

    private ExportAsked() {}

    static Environment environment(@Nullable String code) {
        return code == null ? Environment.PRODUCTION : Environment.of(code);
    }

    static Days days(
            Caller.Operator caller,
            @Nullable String environment,
            @Nullable String from,
            @Nullable String to) {
        if (from == null || to == null) {
            throw Refused.invalid(
                    "dates_missing", "say from= and to=, both days included, as 2026-11-01");
        }
        return new Days(environment(environment), day("from", from), day("to", to), caller.keyId());
    }

    /** Of a list, which may be of all times. */
    static Days daysOrAll(
            Caller.Operator caller,
            @Nullable String environment,
            @Nullable String from,
            @Nullable String to,
            LocalDate today) {
        var last = to == null ? today : day("to", to);
        return new Days(
                environment(environment),
                from == null ? last.minusYears(10) : day("from", from),
                last,
                caller.keyId());
    }

    static int year(@Nullable String text) {
        if (text == null
                || !text.matches("[0-9]{4}")
                || text.compareTo(FIRST_YEAR) < 0
                || text.compareTo(LAST_YEAR) > 0) {
            throw Refused.invalid(
                    "year_invalid",
                    "say year=, the one in which the fiscal year ends, "
                            + FIRST_YEAR
                            + " to "
                            + LAST_YEAR);
        }
        return Integer.parseInt(text);
    }

    static FecExport.Detail detail(@Nullable String text) {
        return switch (text) {
            case null -> FecExport.Detail.DOCUMENT;
            case "document" -> FecExport.Detail.DOCUMENT;
            case "day" -> FecExport.Detail.DAY;
            default ->
                    throw Refused.invalid("detail_invalid", "detail must be 'document' or 'day'");
        };
    }

    static VatExport.Period period(@Nullable String text) {
        return switch (text) {
            case null -> VatExport.Period.MONTH;
            case "month" -> VatExport.Period.MONTH;
            case "day" -> VatExport.Period.DAY;
            default -> throw Refused.invalid("period_invalid", "period must be 'day' or 'month'");
        };
    }

    /**
     * @param accept the request's header, which counts where no format is named
     */
    static Format format(@Nullable String text, @Nullable String accept) {
        return switch (text) {
            case null -> accept != null && accept.contains("text/csv") ? Format.CSV : Format.JSON;
            case "json" -> Format.JSON;
            case "csv" -> Format.CSV;
            default -> throw Refused.invalid("format_invalid", "format must be 'json' or 'csv'");
        };
    }

    private static LocalDate day(String name, String text) {
        try {
            if (text.matches("20[0-9]{2}-[0-9]{2}-[0-9]{2}")) {
                return LocalDate.parse(text);
            }
        } catch (DateTimeException e) {
            // Said below, as for what is no date at all.
        }
        throw Refused.invalid("date_invalid", name + ": a day such as 2026-11-23, from 2000 on");
    }
}
