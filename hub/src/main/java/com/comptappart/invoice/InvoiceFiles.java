package com.comptappart.invoice;

import com.comptappart.invoice.Invoices.Document;
import com.comptappart.kernel.Refused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
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

    private final TailPacker packer;

    InvoiceFiles(JdbcClient jdbc, InvoiceRows rows, InvoiceRenderer renderer) {
        this.jdbc = jdbc;
        templates.put("", new byte[0]);
        packer = new TailPacker(renderer.sampleTail());
        rows.keepTemplate(packer.id(), packer.dictionary());
    }

    private record Stored(
            String reference, String number, String prefixId, PackedTail tail, byte[] pdfSha256) {}

    /** Documents as they are stored and archived. */
    ArchivedBatch batch(List<LedgerEntry> entries) {
        return new ArchivedBatch(
                entries,
                entries.stream().map(entry -> packer.pack(entry.document().tail())).toList());
    }

    /**
     * @throws IllegalStateException where the bytes are not what was packed
     */
    byte[] unpack(PackedTail packed) {
        return packed.dictionaryId().isEmpty()
                ? packed.bytes()
                : TailPacker.unpack(packed.bytes(), template(packed.dictionaryId()));
    }

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
                                select i.environment || '/' || i.number as reference, i.number, i.prefix_id, i.dictionary_id,
                                    i.pdf_tail, i.pdf_sha256
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
                                        new PackedTail(
                                                row.getString("dictionary_id"),
                                                row.getBytes("pdf_tail")),
                                        row.getBytes("pdf_sha256")))
                        .list();
        Map<String, Document> found = new HashMap<>();
        for (Stored each : stored) {
            byte[] whole = whole(each);
            found.put(
                    each.reference(),
                    new Document(each.number() + ".pdf", "application/pdf", whole));
        }
        return found;
    }

    /**
     * @throws IllegalStateException where the bytes are not those that were issued: nobody gets
     *     them
     */
    private byte[] whole(Stored stored) {
        byte[] whole =
                InvoiceRenderer.Template.whole(template(stored.prefixId()), unpack(stored.tail()));
        if (!Arrays.equals(Hashes.sha256(whole), stored.pdfSha256())) {
            throw new IllegalStateException(
                    "the stored PDF of "
                            + stored.reference()
                            + " is not the one that was issued; ./comptappart verify tells more");
        }
        return whole;
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

    /**
     * @throws IllegalStateException where there is none
     */
    byte[] template(String prefixId) {
        return templates.computeIfAbsent(
                prefixId,
                id ->
                        jdbc.sql("select prefix from invoice_template where prefix_id = :id")
                                .param("id", id)
                                .query((row, index) -> row.getBytes("prefix"))
                                .optional()
                                .orElseThrow(() ->
                                        new IllegalStateException("there is no template " + id)));
    }
}
