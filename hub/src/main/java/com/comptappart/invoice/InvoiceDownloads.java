package com.comptappart.invoice;

import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * The signed links to PDFs: no sign-in, 410 once expired, 404 for anything that we did not sign.
 */
@RestController
class InvoiceDownloads {

    private final InvoiceTokens tokens;
    private final InvoiceLinks links;
    private final Invoices invoices;

    InvoiceDownloads(InvoiceTokens tokens, InvoiceLinks links, Invoices invoices) {
        this.tokens = tokens;
        this.links = links;
        this.invoices = invoices;
    }

    @GetMapping("/invoices/{token}")
    ResponseEntity<?> download(@PathVariable String token) {
        var named = tokens.read(token).orElse(null);
        if (named == null) {
            return unknown();
        }
        var openUntil = links.openUntil(named.environment(), named.number());
        if (openUntil.isPresent() && !links.isOpen(openUntil.get())) {
            return problem(
                    HttpStatus.GONE,
                    "link_expired",
                    "This link has expired. Replay the notification, or ask GET /v1/invoices/"
                            + named.number()
                            + "/pdf.");
        }
        return openUntil
                .flatMap(_ ->
                        invoices.document(
                                InvoiceIssued.reference(named.environment(), named.number())))
                .<ResponseEntity<?>>map(InvoiceDownloads::pdf)
                .orElseGet(InvoiceDownloads::unknown);
    }

    private static ResponseEntity<byte[]> pdf(Invoices.Document document) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.inline()
                                .filename(document.filename())
                                .build()
                                .toString())
                .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
                .header("X-Robots-Tag", "noindex")
                .header("X-Content-Type-Options", "nosniff")
                .body(document.bytes());
    }

    private static ResponseEntity<ProblemDetail> unknown() {
        return problem(
                HttpStatus.NOT_FOUND,
                "link_unknown",
                "There is no document at this link: use it unchanged.");
    }

    private static ResponseEntity<ProblemDetail> problem(
            HttpStatus status, String code, String detail) {
        var problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setProperty("code", code);
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}
