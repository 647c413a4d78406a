package com.comptappart.api;

import com.comptappart.accounting.EReportingExport;
import com.comptappart.accounting.FecExport;
import com.comptappart.accounting.VatExport;
import com.comptappart.partner.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/exports}: what accountants and the tax office are given. */
@RestController
@Tag(
        name = "Exports",
        description =
                "Operators only. Files are written while they are read; a connection that breaks"
                        + " before its end means an incomplete file.")
class ExportsApi {

    private final FecExport fec;
    private final VatExport vat;
    private final EReportingExport eReporting;

    ExportsApi(FecExport fec, VatExport vat, EReportingExport eReporting) {
        this.fec = fec;
        this.vat = vat;
        this.eReporting = eReporting;
    }

    @GetMapping("/v1/exports/fec")
    @NeedsOperator
    @Operation(
            operationId = "exportFec",
            summary = "Export a fiscal year's journals in the FEC format",
            description =
                    "Sales (VE) and Stripe's receipts (ST), 18 fields, tabs, CR LF, ISO 8859-15,"
                            + " named {SIREN}FEC{closing date}.txt. Stripe's fees and payouts are"
                            + " not in it. To be imported into the books that make the legal FEC,"
                            + " unless the hub is the only ledger.")
    @ApiResponse(
            responseCode = "200",
            description = "The file",
            content =
                    @Content(
                            mediaType = "text/plain;charset=ISO-8859-15",
                            schema = @Schema(type = "string", format = "binary"),
                            examples =
                                    @ExampleObject(
                                            "VE\tVentes\t1\t20261123\t411000\tClients\tCSTRIPE\tClients"
                                                    + " payant par Stripe\tF-2026-000001\t20261123\tFacture"
                                                    + " F-2026-000001 Marie Martin\t99,99\t0,00\tAAA\t20261123\t20261123\t\t")))
    void fec(
            Caller.Operator caller,
            @Parameter(
                            description = "The year in which the fiscal year ends",
                            required = true,
                            example = "2026")
                    @RequestParam(name = "year", required = false)
                    @Nullable String year,
            @Parameter(
                            description =
                                    "document (two entries each) or day (one entry for each day and"
                                            + " rate)",
                            schema =
                                    @Schema(
                                            allowableValues = {"document", "day"},
                                            defaultValue = "document"))
                    @RequestParam(name = "detail", required = false)
                    @Nullable String detail,
            @Parameter(description = "production, unless staging is asked for")
                    @RequestParam(name = "environment", required = false)
                    @Nullable String environment,
            HttpServletResponse response)
            throws IOException {
        ExportStream.answer(
                fec.of(
                        ExportAsked.environment(environment),
                        ExportAsked.year(year),
                        ExportAsked.detail(detail),
                        caller.keyId()),
                response);
    }

    @GetMapping("/v1/exports/vat")
    @NeedsOperator
    @Operation(
            operationId = "exportVat",
            summary = "Export VAT by period, category and rate",
            description =
                    "Of the documents issued from one day to another (Europe/Paris), credit notes"
                            + " subtracted, in their currency and in euros.")
    @ApiResponse(
            responseCode = "200",
            description = "JSON, or CSV with ?format=csv or Accept: text/csv",
            content = {
                @Content(
                        mediaType = "application/json",
                        schema = @Schema(implementation = VatReport.class)),
                @Content(
                        mediaType = "text/csv",
                        schema = @Schema(type = "string", format = "binary"))
            })
    void vat(
            Caller.Operator caller,
            @Parameter(description = "First day", required = true, example = "2026-11-01")
                    @RequestParam(name = "from", required = false)
                    @Nullable String from,
            @Parameter(description = "Last day", required = true, example = "2026-11-30")
                    @RequestParam(name = "to", required = false)
                    @Nullable String to,
            @Parameter(
                            schema =
                                    @Schema(
                                            allowableValues = {"month", "day"},
                                            defaultValue = "month"))
                    @RequestParam(name = "period", required = false)
                    @Nullable String period,
            @Parameter(
                            description = "Without it, what Accept asks for",
                            schema = @Schema(allowableValues = {"json", "csv"}))
                    @RequestParam(name = "format", required = false)
                    @Nullable String format,
            @Parameter(description = "production, unless staging is asked for")
                    @RequestParam(name = "environment", required = false)
                    @Nullable String environment,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        ExportStream.answer(
                vat.of(
                        ExportAsked.days(caller, environment, from, to),
                        ExportAsked.period(period),
                        ExportAsked.format(format, request.getHeader(HttpHeaders.ACCEPT))),
                response);
    }

    @GetMapping("/v1/exports/e-reporting")
    @NeedsOperator
    @Operation(
            operationId = "exportEReporting",
            summary = "Export the daily aggregate of e-reporting",
            description =
                    "Flux 10.3 (sales to consumers by day, category, rate and currency) and 10.4"
                            + " (payments of services whose VAT is due on receipt). Sales to"
                            + " businesses are not in it.")
    @ApiResponse(
            responseCode = "200",
            description = "JSON, or CSV with ?format=csv or Accept: text/csv",
            content = {
                @Content(
                        mediaType = "application/json",
                        schema = @Schema(implementation = EReport.class)),
                @Content(
                        mediaType = "text/csv",
                        schema = @Schema(type = "string", format = "binary"))
            })
    void eReporting(
            Caller.Operator caller,
            @Parameter(description = "First day", required = true, example = "2026-11-01")
                    @RequestParam(name = "from", required = false)
                    @Nullable String from,
            @Parameter(description = "Last day", required = true, example = "2026-11-10")
                    @RequestParam(name = "to", required = false)
                    @Nullable String to,
            @Parameter(
                            description = "Without it, what Accept asks for",
                            schema = @Schema(allowableValues = {"json", "csv"}))
                    @RequestParam(name = "format", required = false)
                    @Nullable String format,
            @Parameter(description = "production, unless staging is asked for")
                    @RequestParam(name = "environment", required = false)
                    @Nullable String environment,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        ExportStream.answer(
                eReporting.of(
                        ExportAsked.days(caller, environment, from, to),
                        ExportAsked.format(format, request.getHeader(HttpHeaders.ACCEPT))),
                response);
    }
}
