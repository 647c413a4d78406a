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

/** What the archive gets is read again, in its older form too. */
class ArchivedBatchTest {

    private static final int DOCUMENTS = 3;
    private final ArchivedBatch batch = batch();

    @Test
    void an_object_gives_back_what_was_put_into_it() {
        assertSame(ArchivedBatch.read(batch.write(), PackedTail::bytes));
    }

    @Test
    void an_object_of_the_older_form_is_read() throws IOException {
        assertSame(ArchivedBatch.read(older(), PackedTail::bytes));
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

    /** Each tail behind its description, and nothing before the first. */
    private byte[] older() throws IOException {
        var out = new ByteArrayOutputStream();
        try (var data = new DataInputStream(new ByteArrayInputStream(unzipped(batch.write())));
                var older = new DataOutputStream(new GZIPOutputStream(out))) {
            data.readInt();
            int count = data.readInt();
            var described = new ArrayList<byte[]>();
            for (int i = 0; i < count; i++) {
                described.add(data.readNBytes(data.readInt()));
            }
            for (byte[] each : described) {
                older.writeInt(each.length);
                older.write(each);
                byte[] tail = data.readNBytes(data.readInt());
                older.writeInt(tail.length);
                older.write(tail);
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
                JsonMapper.builder().build().writeValueAsString(invoice.content()),
                new RenderedInvoice("prefix", tail, Hashes.sha256(tail)),
                former,
                Instant.parse("2026-11-23T14:32:18Z"));
    }
}
