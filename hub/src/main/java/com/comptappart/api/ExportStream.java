package com.comptappart.api;

import com.comptappart.accounting.Export;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;

/** Answers an export while it is made. */
public final class ExportStream {

    private ExportStream() {}

    public static void answer(Export export, HttpServletResponse response) throws IOException {
        response.setContentType(export.mediaType());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment().filename(export.filename()).build().toString());
        try {
            export.body().writeTo(response.getOutputStream());
        } catch (IOException | RuntimeException e) {
            if (!response.isCommitted()) {
                // Nothing left yet: the caller gets a problem instead of a file.
                response.resetBuffer();
                response.setHeader(HttpHeaders.CACHE_CONTROL, null);
                response.setHeader(HttpHeaders.CONTENT_DISPOSITION, null);
            }
            throw e;
        }
        response.flushBuffer();
    }
}
