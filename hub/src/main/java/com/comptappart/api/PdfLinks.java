package com.comptappart.api;

import com.comptappart.invoice.InvoiceIssued;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Makes the signed links that open an invoice's PDF without a key. */
@Component
class PdfLinks {

    private final String publicUrl;

    PdfLinks(@Value("${comptappart.public-url:http://localhost:8080}") String publicUrl) {
        this.publicUrl = publicUrl.replaceAll("/+$", "");
    }

    String base() {
        return publicUrl;
    }

    String of(InvoiceIssued invoice) {
        return publicUrl + "/invoices/" + invoice.token();
    }
}
