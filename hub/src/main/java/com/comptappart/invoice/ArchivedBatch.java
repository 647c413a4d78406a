package com.comptappart.invoice;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * The documents that were numbered together, as one object of the archive: gzip over, for each
 * document, the length (4 bytes) and the bytes of a JSON object that describes it, then the length
 * and the bytes of its packed tail.
 *
 * @param tails those of the entries, in their order
 */
record ArchivedBatch(List<LedgerEntry> entries, List<PackedTail> tails) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HexFormat HEX = HexFormat.of();
    private static final int LARGEST_PART = 256 << 20;

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
            String content,
            String prefixId,
            String dictionaryId,
            String pdfSha256,
            String previousHash,
            String hash) {}

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

    byte[] write() {
        var out = new ByteArrayOutputStream(2_048 * entries.size());
        try (var data = new DataOutputStream(new GZIPOutputStream(out))) {
            for (int i = 0; i < entries.size(); i++) {
                write(data, JSON.writeValueAsBytes(described(entries.get(i), tails.get(i))));
                write(data, tails.get(i).bytes());
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
        var entries = new ArrayList<LedgerEntry>();
        var tails = new ArrayList<PackedTail>();
        try (var data =
                new DataInputStream(new GZIPInputStream(new ByteArrayInputStream(object)))) {
            while (true) {
                int length = data.read();
                if (length < 0) {
                    return new ArchivedBatch(entries, tails);
                }
                var described = JSON.readValue(part(data, length), Described.class);
                var packed = new PackedTail(described.dictionaryId(), part(data, data.read()));
                var entry = entry(described, unpack.apply(packed));
                if (!HEX.formatHex(entry.hash()).equals(described.hash())) {
                    throw new IllegalStateException(
                            entry.invoice().number() + " is not what was put into the archive");
                }
                entries.add(entry);
                tails.add(packed);
            }
        } catch (IOException | tools.jackson.core.JacksonException e) {
            throw new IllegalStateException("an object of the archive can't be read", e);
        }
    }

    /**
     * @param highest the first byte of the length, which was read already
     */
    private static byte[] part(DataInputStream data, int highest) throws IOException {
        int length =
                highest << 24
                        | data.readUnsignedByte() << 16
                        | data.readUnsignedByte() << 8
                        | data.readUnsignedByte();
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
                entry.content(),
                entry.document().prefixId(),
                tail.dictionaryId(),
                HEX.formatHex(entry.document().pdfSha256()),
                HEX.formatHex(entry.previousHash()),
                HEX.formatHex(entry.hash()));
    }

    private static LedgerEntry entry(Described described, byte[] tail) {
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
                        JSON.readValue(described.content(), InvoiceContent.class)),
                described.content(),
                new RenderedInvoice(
                        described.prefixId(), tail, HEX.parseHex(described.pdfSha256())),
                HEX.parseHex(described.previousHash()),
                Instant.parse(described.issuedAt()));
    }
}
