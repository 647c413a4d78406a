package com.comptappart.invoice;

import com.comptappart.invoice.Invoices.Document;
import com.comptappart.kernel.Refused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Reads issued documents back, byte for byte: a constant beginning and what was stored behind it.
 */
@Repository
class InvoiceFiles {

    private final JdbcClient jdbc;
    private final Map<String, byte[]> templates = new ConcurrentHashMap<>();

    InvoiceFiles(JdbcClient jdbc, InvoiceRows rows, InvoiceRenderer renderer) {
        this.jdbc = jdbc;
        var template = renderer.template();
        rows.keepTemplate(template.id(), template.prefix());
        templates.put("", new byte[0]);
    }

    private record Stored(String reference, String number, String prefixId, byte[] tail) {}

    Map<String, Document> load(Collection<String> references) {
        var numbers =
                references.stream()
                        .map(each -> each.substring(each.indexOf('/') + 1))
                        .toArray(String[]::new);
        var environments =
                references.stream()
                        .map(each -> each.substring(0, Math.max(0, each.indexOf('/'))))
                        .toArray(String[]::new);
        var stored =
                jdbc.sql(
                                """
                                select i.environment || '/' || i.number as reference, i.number, i.prefix_id, i.pdf_tail
                                from unnest(:environments::text[], :numbers::text[]) as given (environment, number)
                                join invoice i on i.environment = given.environment and i.number = given.number
                                """)
                        .param("environments", environments)
                        .param("numbers", numbers)
                        .query((row, index) ->
                                new Stored(
                                        row.getString("reference"),
                                        row.getString("number"),
                                        row.getString("prefix_id"),
                                        row.getBytes("pdf_tail")))
                        .list();
        Map<String, Document> found = new HashMap<>();
        for (Stored each : stored) {
            byte[] whole = InvoiceRenderer.Template.whole(template(each.prefixId()), each.tail());
            found.put(
                    each.reference(),
                    new Document(each.number() + ".pdf", "application/pdf", whole));
        }
        return found;
    }

    Document xml(Document pdf) {
        try (PDDocument document = Loader.loadPDF(pdf.bytes())) {
            var files = document.getDocumentCatalog().getNames().getEmbeddedFiles().getNames();
            var factur = files.get("factur-x.xml");
            if (factur == null) {
                throw Refused.notFound(
                        "xml_not_found", pdf.filename() + " carries no Factur-X file");
            }
            String name = pdf.filename().replace(".pdf", ".xml");
            return new Document(name, "application/xml", factur.getEmbeddedFile().toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the stored document " + pdf.filename() + " can't be read", e);
        }
    }

    byte[] template(String prefixId) {
        return templates.computeIfAbsent(
                prefixId,
                id ->
                        jdbc.sql("select prefix from invoice_template where prefix_id = :id")
                                .param("id", id)
                                .query((row, index) -> row.getBytes("prefix"))
                                .single());
    }
}
