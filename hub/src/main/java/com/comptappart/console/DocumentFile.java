package com.comptappart.console;

import com.comptappart.invoice.Invoices;
import java.nio.charset.StandardCharsets;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Answers with a file: an issued document's, or a message. */
final class DocumentFile {

    /** The PDF is shown inside our own page; a browser's viewer needs its own styles. */
    private static final String PDF_POLICY =
            "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'";

    private DocumentFile() {}

    static ResponseEntity<byte[]> of(Invoices.Document document, boolean download) {
        var disposition =
                (download ? ContentDisposition.attachment() : ContentDisposition.inline())
                        .filename(document.filename(), StandardCharsets.UTF_8)
                        .build();
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(document.mediaType()))
                .header(HttpHeaders.CONTENT_DISPOSITION, disposition.toString())
                .header("Content-Security-Policy", PDF_POLICY)
                .body(document.bytes());
    }
}
