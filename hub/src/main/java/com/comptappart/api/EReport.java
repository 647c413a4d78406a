package com.comptappart.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the e-reporting export writes, row by row: only for the API's description. */
@Schema(name = "EReport")
record EReport(
        String environment,
        @Schema(example = "123456782") String sellerSiren,
        @Schema(example = "2026-11-01") LocalDate from,
        @Schema(example = "2026-11-10") LocalDate to,
        List<Row> data) {

    EReport {
        data = List.copyOf(data);
    }

    /** What one day had of one kind. */
    @Schema(name = "EReportRow")
    record Row(
            @Schema(allowableValues = {"10.3", "10.4"}) String flux,
            @Schema(example = "2026-11-03") LocalDate day,
            @Schema(description = "Of 10.4, the day of the payment; else null")
                    @Nullable LocalDate receivedOn,
            @Schema(description = "Of 10.3, such as TLB1 or TPS1; else null", example = "TPS1")
                    @Nullable String category,
            @Schema(description = "Percent", example = "20") BigDecimal rate,
            @Schema(example = "EUR") String currency,
            @Schema(example = "1") long transactions,
            @Schema(example = "0") long creditNotes,
            @Schema(description = "Null of 10.4", example = "83.32") @Nullable BigDecimal netAmount,
            @Schema(description = "Null of 10.4", example = "16.67") @Nullable BigDecimal vatAmount,
            @Schema(example = "99.99") BigDecimal totalAmount,
            @Schema(description = "Null of 10.4", example = "16.67")
                    @Nullable BigDecimal vatAmountEur,
            @Schema(example = "99.99") BigDecimal totalAmountEur) {}
}
