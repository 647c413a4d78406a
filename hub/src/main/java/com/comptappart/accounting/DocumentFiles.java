package com.comptappart.accounting;

import com.comptappart.invoice.Invoices;
import com.comptappart.invoice.IssuedDocument;
import com.comptappart.invoice.IssuedDocuments;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Hands over documents with their PDF, a few at a time. */
@Component
class DocumentFiles {

    /** Whose bytes are in memory at once. */
    private static final int DOCUMENTS = 8;

    private final Invoices invoices;

    DocumentFiles(Invoices invoices) {
        this.invoices = invoices;
    }

    /** What is done with each. */
    @FunctionalInterface
    interface Visitor {
        void visit(Invoices.Document pdf) throws IOException;
    }

    void forEach(IssuedDocuments.Reading reading, Visitor visitor) throws IOException {
        var page = new ArrayList<IssuedDocument>(DOCUMENTS);
        reading.<IOException>forEach(document -> {
            page.add(document);
            if (page.size() == DOCUMENTS) {
                hand(page, visitor);
                page.clear();
            }
        });
        hand(page, visitor);
    }

    private void hand(List<IssuedDocument> page, Visitor visitor) throws IOException {
        var found = invoices.documents(page.stream().map(IssuedDocument::reference).toList());
        for (IssuedDocument document : page) {
            visitor.visit(
                    Objects.requireNonNull(
                            found.get(document.reference()), () -> document.number() + " is gone"));
        }
    }
}
