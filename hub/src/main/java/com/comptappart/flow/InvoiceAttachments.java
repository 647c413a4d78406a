package com.comptappart.flow;

import com.comptappart.invoice.Invoices;
import com.comptappart.mail.Attachments;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Gives the mail module the PDFs that its mails carry. */
@Component
class InvoiceAttachments implements Attachments {

    private final Invoices invoices;

    InvoiceAttachments(Invoices invoices) {
        this.invoices = invoices;
    }

    @Override
    public Map<String, Attachment> load(Collection<String> references) {
        Map<String, Attachment> attachments = new HashMap<>();
        invoices.documents(references)
                .forEach((reference, document) ->
                        attachments.put(
                                reference,
                                new Attachment(
                                        document.filename(),
                                        document.mediaType(),
                                        document.bytes())));
        return attachments;
    }
}
