package com.comptappart.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the VAT export writes, row by row: only for the API's description. */
@Schema(name = "VatReport")
record VatReport(
        String environment,
        @Schema(example = "2026-11-01") LocalDate from,
        @Schema(example = "2026-11-30") LocalDate to,
        @Schema(description = "Of each period") List<Row> data,
        @Schema(description = "Of all periods") List<Row> totals) {

    VatReport {
        data = List.copyOf(data);
        totals = List.copyOf(totals);
    }

    /** Documents of one tax, in one currency. */
    @Schema(name = "VatRow")
    record Row(
            @Schema(description = "A month or a day; null in totals", example = "2026-11")
                    @Nullable String period,
            @Schema(description = "As on invoices (UNCL 5305)", example = "S") String category,
            @Schema(description = "Percent", example = "20") BigDecimal rate,
            @Schema(example = "FR") String country,
            @Schema(example = "EUR") String currency,
            @Schema(example = "2") long invoices,
            @Schema(example = "1") long creditNotes,
            @Schema(example = "124.98") BigDecimal netAmount,
            @Schema(example = "25.00") BigDecimal vatAmount,
            @Schema(example = "149.98") BigDecimal totalAmount,
            @Schema(example = "124.98") BigDecimal netAmountEur,
            @Schema(example = "25.00") BigDecimal vatAmountEur,
            @Schema(example = "149.98") BigDecimal totalAmountEur) {}
}
