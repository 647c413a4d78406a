package com.comptappart.api;

import com.comptappart.accounting.ArchiveExport;
import com.comptappart.accounting.Days;
import com.comptappart.accounting.InvoicesExport;
import com.comptappart.accounting.OrdersExport;
import com.comptappart.kernel.Paris;
import com.comptappart.partner.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/exports}: everything, as lists and as an archive. */
@RestController
@Tag(name = "Exports")
class ExportListsApi {

    private static final String FORM =
            " UTF-8 with its mark, semicolons, decimal commas, CR LF; times in UTC. Texts that a"
                    + " spreadsheet would take for a formula begin with an apostrophe. Without from"
                    + " and to, the last ten years.";

    private final InvoicesExport invoices;
    private final OrdersExport orders;
    private final ArchiveExport archive;
    private final Clock clock;

    ExportListsApi(
            InvoicesExport invoices, OrdersExport orders, ArchiveExport archive, Clock clock) {
        this.archive = archive;
        this.invoices = invoices;
        this.orders = orders;
        this.clock = clock;
    }

    @GetMapping("/v1/exports/invoices.csv")
    @NeedsOperator
    @Operation(
            operationId = "exportInvoices",
            summary = "Export invoices and credit notes as CSV",
            description = "Oldest first, credit notes negative." + FORM)
    @ApiResponse(
            responseCode = "200",
            description = "The list",
            content =
                    @Content(
                            mediaType = "text/csv",
                            schema = @Schema(type = "string", format = "binary"),
                            examples =
                                    @ExampleObject(
                                            "number;object;issue_date_paris;…\r\nF-2026-000001;invoice;2026-11-23;…")))
    void invoices(
            Caller.Operator caller,
            @Parameter(description = "First day of issue, Europe/Paris", example = "2026-11-01")
                    @RequestParam(name = "from", required = false)
                    @Nullable String from,
            @Parameter(description = "Last day", example = "2026-11-30")
                    @RequestParam(name = "to", required = false)
                    @Nullable String to,
            @Parameter(description = "production, unless staging is asked for")
                    @RequestParam(name = "environment", required = false)
                    @Nullable String environment,
            HttpServletResponse response)
            throws IOException {
        ExportStream.answer(invoices.of(days(caller, environment, from, to)), response);
    }

    @GetMapping("/v1/exports/orders.csv")
    @NeedsOperator
    @Operation(
            operationId = "exportOrders",
            summary = "Export orders as CSV",
            description = "Oldest first." + FORM)
    @ApiResponse(
            responseCode = "200",
            description = "The list",
            content =
                    @Content(
                            mediaType = "text/csv",
                            schema = @Schema(type = "string", format = "binary"),
                            examples =
                                    @ExampleObject(
                                            "order_id;created_at_utc;paid_at_utc;…\r\n156;2026-11-23T14:32:19Z;2026-11-23T14:32:18Z;…")))
    void orders(
            Caller.Operator caller,
            @Parameter(
                            description = "First day on which they came, Europe/Paris",
                            example = "2026-11-01")
                    @RequestParam(name = "from", required = false)
                    @Nullable String from,
            @Parameter(description = "Last day", example = "2026-11-30")
                    @RequestParam(name = "to", required = false)
                    @Nullable String to,
            @Parameter(description = "production, unless staging is asked for")
                    @RequestParam(name = "environment", required = false)
                    @Nullable String environment,
            HttpServletResponse response)
            throws IOException {
        ExportStream.answer(orders.of(days(caller, environment, from, to)), response);
    }

    @GetMapping("/v1/exports/archive")
    @NeedsOperator
    @Operation(
            operationId = "exportArchive",
            summary = "Export a fiscal year's archive",
            description =
                    "One ZIP: every PDF, the ledger with its hashes, the signed closings, the"
                            + " technical journal, a French notice that says how to check all of it"
                            + " without us, and a manifest. Written down in the technical journal.")
    @ApiResponse(
            responseCode = "200",
            description = "The archive",
            content =
                    @Content(
                            mediaType = "application/zip",
                            schema = @Schema(type = "string", format = "binary")))
    void archive(
            Caller.Operator caller,
            @Parameter(
                            description = "The year in which the fiscal year ends",
                            required = true,
                            example = "2026")
                    @RequestParam(name = "year", required = false)
                    @Nullable String year,
            @Parameter(description = "production, unless staging is asked for")
                    @RequestParam(name = "environment", required = false)
                    @Nullable String environment,
            HttpServletResponse response)
            throws IOException {
        ExportStream.answer(
                archive.of(
                        ExportAsked.environment(environment),
                        ExportAsked.year(year),
                        caller.keyId()),
                response);
    }

    private Days days(
            Caller.Operator caller,
            @Nullable String environment,
            @Nullable String from,
            @Nullable String to) {
        return ExportAsked.daysOrAll(caller, environment, from, to, Paris.dayOf(clock.instant()));
    }
}
