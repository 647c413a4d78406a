package com.comptappart.api;

import com.comptappart.invoice.InvoiceFilter;
import com.comptappart.invoice.InvoiceIssued;
import com.comptappart.invoice.Invoices;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.Refused;
import com.comptappart.mail.Mails;
import com.comptappart.partner.Caller;
import com.comptappart.partner.KeyScope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/invoices}. */
@RestController
@Tag(name = "Invoices", description = "The legal documents, as they were issued.")
class InvoicesApi {

    @Schema(name = "ResendEmail")
    record Resend(
            @Schema(
                            description = "Another address than the buyer's",
                            example = "comptabilite@example.com")
                    @Nullable String email) {}

    private final Invoices invoices;
    private final InvoiceSearch search;
    private final Mails mails;
    private final Scopes scopes;
    private final PdfLinks links;
    private final Deeds deeds;

    InvoicesApi(
            Invoices invoices,
            InvoiceSearch search,
            Mails mails,
            Scopes scopes,
            PdfLinks links,
            Deeds deeds) {
        this.deeds = deeds;
        this.invoices = invoices;
        this.search = search;
        this.mails = mails;
        this.scopes = scopes;
        this.links = links;
    }

    @GetMapping("/v1/invoices")
    @Needs(KeyScope.INVOICES_READ)
    @Operation(
            operationId = "listInvoices",
            summary = "List invoices and credit notes",
            description = "Newest first.")
    ListView<InvoiceView> list(
            Caller caller,
            PageRequest page,
            @RequestParam(name = "order_id", required = false) @Nullable String orderId,
            @Parameter(description = "Operators: id or slug")
                    @RequestParam(name = "partner", required = false)
                    @Nullable String partner,
            @RequestParam(name = "environment", required = false) @Nullable String environment) {
        var scope = scopes.narrowed(caller, partner, environment);
        var filter =
                new InvoiceFilter(
                        scope.partner(), scope.environment(), Given.orderIdOrNull(orderId), null);
        return ListView.of(invoices.list(filter, page), this::view);
    }

    @GetMapping("/v1/invoices/{number}")
    @Needs(KeyScope.INVOICES_READ)
    @Operation(operationId = "getInvoice", summary = "Get an invoice or a credit note")
    InvoiceView get(
            Caller caller,
            @PathVariable("number") String number,
            @Parameter(description = "Needed where both environments have the number")
                    @RequestParam(name = "environment", required = false)
                    @Nullable String environment) {
        return view(find(caller, number, environment));
    }

    @GetMapping("/v1/invoices/{number}/pdf")
    @Needs(KeyScope.INVOICES_READ)
    @Operation(
            operationId = "getInvoicePdf",
            summary = "Download the PDF of an invoice or a credit note",
            description = "Factur-X, byte for byte as it was issued.")
    @ApiResponse(
            responseCode = "200",
            description = "The PDF",
            content =
                    @Content(
                            mediaType = "application/pdf",
                            schema = @Schema(type = "string", format = "binary")))
    ResponseEntity<byte[]> pdf(
            Caller caller,
            @PathVariable("number") String number,
            @RequestParam(name = "environment", required = false) @Nullable String environment) {
        return document(invoices.pdf(find(caller, number, environment)));
    }

    @GetMapping("/v1/invoices/{number}/xml")
    @Needs(KeyScope.INVOICES_READ)
    @Operation(
            operationId = "getInvoiceXml",
            summary = "Download an invoice's XML",
            description = "UN/CEFACT CII, the file that the PDF carries.")
    @ApiResponse(
            responseCode = "200",
            description = "The XML",
            content =
                    @Content(
                            mediaType = "application/xml",
                            schema = @Schema(type = "string", format = "binary")))
    ResponseEntity<byte[]> xml(
            Caller caller,
            @PathVariable("number") String number,
            @RequestParam(name = "environment", required = false) @Nullable String environment) {
        return document(invoices.xml(find(caller, number, environment)));
    }

    @PostMapping("/v1/invoices/{number}/resend-email")
    @Needs(KeyScope.INVOICES_WRITE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            operationId = "resendInvoiceEmail",
            summary = "Send an invoice's email again",
            description = "To the buyer, or to another address where one is given.")
    MailView resend(
            Caller caller,
            @PathVariable("number") String number,
            @RequestParam(name = "environment", required = false) @Nullable String environment,
            @RequestBody(required = false) @Nullable Resend wanted) {
        var invoice = find(caller, number, environment);
        var first = mails.original(invoice.order(), invoice.number());
        return MailView.of(
                deeds.of(caller, "mail.resent", first.partner(), first.environment(), first.id())
                        .done(() -> mails.resend(first, wanted == null ? null : wanted.email())));
    }

    private InvoiceIssued find(Caller caller, String number, @Nullable String environment) {
        return search.get(scopes.narrowed(caller, null, environment), number);
    }

    private InvoiceView view(InvoiceIssued invoice) {
        return InvoiceView.of(invoice, links.of(invoice));
    }

    private static ResponseEntity<byte[]> document(Optional<Invoices.Document> found) {
        var document =
                found.orElseThrow(() ->
                        Refused.notFound(
                                "document_not_found", "this invoice has no such document"));
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(document.mediaType()))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(document.filename())
                                .build()
                                .toString())
                .body(document.bytes());
    }
}
