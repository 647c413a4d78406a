package com.comptappart.invoice;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * The documents that were numbered together, as one object of the archive: gzip over {@link
 * #CONTENT_APART}, their count (4 bytes), for each document the length (4 bytes) and the bytes of a
 * JSON object that describes it and those of its content, which is JSON too, then for each the
 * length and the bytes of its packed tail, which are not deflated twice. An older object begins
 * with {@link #DESCRIBED_FIRST} and has the content as a text in the description; a still older one
 * has each document's tail behind that, and nothing before the first.
 *
 * @param tails those of the entries, in their order
 */
record ArchivedBatch(List<LedgerEntry> entries, List<PackedTail> tails) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final ObjectWriter DESCRIBED = JSON.writerFor(Described.class);
    private static final HexFormat HEX = HexFormat.of();
    private static final int LARGEST_PART = 256 << 20;
    private static final int BUFFER = 16_384;

    /** Deflating is a native call, which costs more than the few bytes of a length. */
    private static final int BUFFERED = 65_536;

    /** What no length begins with. */
    private static final int DESCRIBED_FIRST = 0xFF_43_41_02;

    private static final int CONTENT_APART = 0xFF_43_41_03;

    ArchivedBatch {
        entries = List.copyOf(entries);
        tails = List.copyOf(tails);
    }

    /** What the JSON says of a document. */
    private record Described(
            String sellerId,
            String environment,
            String kind,
            int year,
            long sequence,
            String number,
            String issueDate,
            String issuedAt,
            String partnerId,
            long orderId,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String content,
            String prefixId,
            String dictionaryId,
            String pdfSha256,
            String previousHash,
            String hash) {

        /** The content that an older object has here. */
        byte[] within() throws IOException {
            if (content == null) {
                throw new IOException(number + " has no content");
            }
            return content.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Where the archive keeps a constant beginning or a dictionary. */
    static String partKey(String installation, String id) {
        return installation + "/parts/" + id;
    }

    /** Where a batch is, by the number that it begins with: nobody else can begin there. */
    static String key(String installation, Series.Key series, long first) {
        return String.format(
                Locale.ROOT,
                "%s/%s/%s/%s-%d/%012d.gz",
                installation,
                series.environment().code(),
                series.sellerId(),
                series.kind().code(),
                series.year(),
                first);
    }

    /** Deflates fast, and not at all what is deflated already. */
    private static final class Gzip extends GZIPOutputStream {

        Gzip(ByteArrayOutputStream out) throws IOException {
            super(out, BUFFER);
            def.setLevel(Deflater.BEST_SPEED);
        }

        void deflated() {
            def.setLevel(Deflater.NO_COMPRESSION);
        }
    }

    byte[] write() {
        var out = new ByteArrayOutputStream(2_048 * entries.size());
        try (var gzip = new Gzip(out);
                var data = new DataOutputStream(new BufferedOutputStream(gzip, BUFFERED))) {
            data.writeInt(CONTENT_APART);
            data.writeInt(entries.size());
            for (int i = 0; i < entries.size(); i++) {
                write(data, DESCRIBED.writeValueAsBytes(described(entries.get(i), tails.get(i))));
                write(data, entries.get(i).content());
            }
            data.flush();
            gzip.deflated();
            for (PackedTail tail : tails) {
                write(data, tail.bytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void write(DataOutputStream data, byte[] part) throws IOException {
        data.writeInt(part.length);
        data.write(part);
    }

    /**
     * @throws IllegalStateException where the object is none, or its chain is broken
     */
    static ArchivedBatch read(byte[] object, Function<PackedTail, byte[]> unpack) {
        try (var data =
                new DataInputStream(
                        new GZIPInputStream(new ByteArrayInputStream(object), BUFFER))) {
            int first = data.readInt();
            return first == CONTENT_APART || first == DESCRIBED_FIRST
                    ? described(data, first == CONTENT_APART, unpack)
                    : alternating(data, first, unpack);
        } catch (IOException | tools.jackson.core.JacksonException e) {
            throw new IllegalStateException("an object of the archive can't be read", e);
        }
    }

    private static ArchivedBatch described(
            DataInputStream data, boolean isContentApart, Function<PackedTail, byte[]> unpack)
            throws IOException {
        int count = data.readInt();
        var all = new ArrayList<Described>();
        var contents = new ArrayList<byte[]>();
        for (int i = 0; i < count; i++) {
            all.add(JSON.readValue(part(data, data.readInt()), Described.class));
            contents.add(isContentApart ? part(data, data.readInt()) : all.getLast().within());
        }
        var entries = new ArrayList<LedgerEntry>();
        var tails = new ArrayList<PackedTail>();
        for (int i = 0; i < count; i++) {
            tails.add(new PackedTail(all.get(i).dictionaryId(), part(data, data.readInt())));
            entries.add(checked(all.get(i), contents.get(i), unpack.apply(tails.getLast())));
        }
        if (data.read() >= 0) {
            throw new IOException("the object goes on behind its end");
        }
        return new ArchivedBatch(entries, tails);
    }

    private static ArchivedBatch alternating(
            DataInputStream data, int first, Function<PackedTail, byte[]> unpack)
            throws IOException {
        var entries = new ArrayList<LedgerEntry>();
        var tails = new ArrayList<PackedTail>();
        for (int length = first; ; ) {
            var described = JSON.readValue(part(data, length), Described.class);
            tails.add(new PackedTail(described.dictionaryId(), part(data, data.readInt())));
            entries.add(checked(described, described.within(), unpack.apply(tails.getLast())));
            int next = data.read();
            if (next < 0) {
                return new ArchivedBatch(entries, tails);
            }
            length = next << 24 | data.readUnsignedShort() << 8 | data.readUnsignedByte();
        }
    }

    private static LedgerEntry checked(Described described, byte[] content, byte[] tail) {
        var entry = entry(described, content, tail);
        if (!HEX.formatHex(entry.hash()).equals(described.hash())) {
            throw new IllegalStateException(
                    entry.invoice().number() + " is not what was put into the archive");
        }
        return entry;
    }

    private static byte[] part(DataInputStream data, int length) throws IOException {
        if (length < 0 || length > LARGEST_PART) {
            throw new IOException("a part of " + length + " bytes");
        }
        byte[] part = data.readNBytes(length);
        if (part.length < length) {
            throw new IOException("the object ends too early");
        }
        return part;
    }

    private static Described described(LedgerEntry entry, PackedTail tail) {
        var series = entry.series();
        return new Described(
                series.sellerId(),
                series.environment().code(),
                series.kind().code(),
                series.year(),
                entry.sequence(),
                entry.invoice().number(),
                entry.invoice().issueDate().toString(),
                entry.issuedAt().toString(),
                entry.partner().value(),
                entry.order().value(),
                null,
                entry.document().prefixId(),
                tail.dictionaryId(),
                HEX.formatHex(entry.document().pdfSha256()),
                HEX.formatHex(entry.previousHash()),
                HEX.formatHex(entry.hash()));
    }

    private static LedgerEntry entry(Described described, byte[] content, byte[] tail) {
        return new LedgerEntry(
                new PartnerId(described.partnerId()),
                new OrderId(described.orderId()),
                new Series.Key(
                        described.sellerId(),
                        Environment.of(described.environment()),
                        DocumentKind.of(described.kind()),
                        described.year()),
                described.sequence(),
                new NumberedInvoice(
                        described.number(),
                        LocalDate.parse(described.issueDate()),
                        JSON.readValue(content, InvoiceContent.class)),
                content,
                new RenderedInvoice(
                        described.prefixId(), tail, HEX.parseHex(described.pdfSha256())),
                HEX.parseHex(described.previousHash()),
                Instant.parse(described.issuedAt()));
    }
}
