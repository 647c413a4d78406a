package com.comptappart.invoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the archive gets is read again, in its older form too. */
class ArchivedBatchTest {

    private static final int DOCUMENTS = 3;
    private final ArchivedBatch batch = batch();

    @Test
    void an_object_gives_back_what_was_put_into_it() {
        assertSame(ArchivedBatch.read(batch.write(), PackedTail::bytes));
    }

    @Test
    void an_object_with_the_content_in_the_description_is_read() throws IOException {
        assertSame(ArchivedBatch.read(older(), PackedTail::bytes));
    }

    @Test
    void an_object_of_the_oldest_form_is_read() throws IOException {
        assertSame(ArchivedBatch.read(oldest(), PackedTail::bytes));
    }

    @Test
    void an_object_whose_content_was_changed_is_refused() throws IOException {
        var plain = new String(unzipped(batch.write()), StandardCharsets.ISO_8859_1);
        byte[] changed = plain.replace("Guide", "Gvide").getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> ArchivedBatch.read(zipped(changed), PackedTail::bytes))
                .hasMessageContaining("is not what was put into the archive");
    }

    @Test
    void an_object_that_ends_early_or_late_is_refused() throws IOException {
        byte[] plain = unzipped(batch.write());
        for (int length = 0; length < plain.length; length += 50) {
            byte[] cut = zipped(java.util.Arrays.copyOf(plain, length));
            assertThatThrownBy(() -> ArchivedBatch.read(cut, PackedTail::bytes))
                    .isInstanceOf(IllegalStateException.class);
        }
        byte[] longer = zipped(java.util.Arrays.copyOf(plain, plain.length + 1));
        assertThatThrownBy(() -> ArchivedBatch.read(longer, PackedTail::bytes))
                .isInstanceOf(IllegalStateException.class);
    }

    private void assertSame(ArchivedBatch read) {
        assertThat(read.entries()).hasSize(DOCUMENTS);
        for (int i = 0; i < DOCUMENTS; i++) {
            assertThat(read.entries().get(i).hash()).isEqualTo(batch.entries().get(i).hash());
            assertThat(read.entries().get(i).content()).isEqualTo(batch.entries().get(i).content());
            assertThat(read.tails().get(i).bytes()).isEqualTo(batch.tails().get(i).bytes());
        }
    }

    private record Parts(List<byte[]> descriptions, List<byte[]> tails) {}

    /** What an object has, with the content as a text of the description. */
    private Parts parts() throws IOException {
        var json = JsonMapper.builder().build();
        var parts = new Parts(new ArrayList<>(), new ArrayList<>());
        try (var data = new DataInputStream(new ByteArrayInputStream(unzipped(batch.write())))) {
            data.readInt();
            int count = data.readInt();
            for (int i = 0; i < count; i++) {
                var described = (ObjectNode) json.readTree(data.readNBytes(data.readInt()));
                byte[] content = data.readNBytes(data.readInt());
                described.put("content", new String(content, StandardCharsets.UTF_8));
                parts.descriptions().add(json.writeValueAsBytes(described));
            }
            for (int i = 0; i < count; i++) {
                parts.tails().add(data.readNBytes(data.readInt()));
            }
        }
        return parts;
    }

    private byte[] older() throws IOException {
        var parts = parts();
        var out = new ByteArrayOutputStream();
        try (var older = new DataOutputStream(new GZIPOutputStream(out))) {
            older.writeInt(0xFF_43_41_02);
            older.writeInt(DOCUMENTS);
            for (byte[] each : parts.descriptions()) {
                older.writeInt(each.length);
                older.write(each);
            }
            for (byte[] each : parts.tails()) {
                older.writeInt(each.length);
                older.write(each);
            }
        }
        return out.toByteArray();
    }

    /** Each tail behind its description, and nothing before the first. */
    private byte[] oldest() throws IOException {
        var parts = parts();
        var out = new ByteArrayOutputStream();
        try (var oldest = new DataOutputStream(new GZIPOutputStream(out))) {
            for (int i = 0; i < DOCUMENTS; i++) {
                oldest.writeInt(parts.descriptions().get(i).length);
                oldest.write(parts.descriptions().get(i));
                oldest.writeInt(parts.tails().get(i).length);
                oldest.write(parts.tails().get(i));
            }
        }
        return out.toByteArray();
    }

    private static byte[] unzipped(byte[] object) throws IOException {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(object))) {
            return in.readAllBytes();
        }
    }

    private static byte[] zipped(byte[] plain) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        }
        return out.toByteArray();
    }

    private static ArchivedBatch batch() {
        var entries = new ArrayList<LedgerEntry>();
        for (int i = 1; i <= DOCUMENTS; i++) {
            entries.add(entry(i, entries.isEmpty() ? new byte[32] : entries.getLast().hash()));
        }
        var tails =
                IntStream.range(0, DOCUMENTS)
                        .mapToObj(i -> new PackedTail("", entries.get(i).document().tail()))
                        .toList();
        return new ArchivedBatch(entries, tails);
    }

    private static LedgerEntry entry(int sequence, byte[] former) {
        var invoice =
                InvoicesForTests.invoice(
                        Environment.PRODUCTION,
                        false,
                        InvoicesForTests.consumer("Zoé € " + sequence),
                        "fr",
                        List.of(InvoicesForTests.line("Guide", 1, 1_000, 200, "20")));
        byte[] tail = ("tail of " + sequence).getBytes(StandardCharsets.UTF_8);
        return new LedgerEntry(
                new PartnerId("part_a"),
                new OrderId(sequence),
                new Series.Key("123456782", Environment.PRODUCTION, DocumentKind.INVOICE, 2026),
                sequence,
                invoice,
                JsonMapper.builder().build().writeValueAsBytes(invoice.content()),
                new RenderedInvoice("prefix", tail, Hashes.sha256(tail)),
                former,
                Instant.parse("2026-11-23T14:32:18Z"));
    }
}
