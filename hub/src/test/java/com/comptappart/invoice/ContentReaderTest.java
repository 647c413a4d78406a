package com.comptappart.invoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.VatCategory;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What the fast reader makes of a content is what Jackson makes of it. */
class ContentReaderTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MANY = 3_000;
    private static final String[] WORDS = {
        "", " ", "Zoé", "\"l'Œuvre\"", "a\\b", "tab\tline\nend\r\f\b", "\u0001\u007f", "€ 10 000",
        "日本語", "😀", "},{", "\\u00e9", "\",\"line2\":null", "/", "null", "9"
    };

    private final ContentReader reader = new ContentReader();
    private final Random random = new Random(20_261_130);

    @Test
    void every_kind_of_document_is_read_as_jackson_reads_it() {
        var documents =
                Stream.concat(
                        DocumentsForTests.ofEveryRung().values().stream(),
                        RegimesForTests.documents().map(each -> (NumberedInvoice) each.get()[1]));
        assertThat(documents.map(NumberedInvoice::content).peek(this::assertSame).count())
                .isGreaterThan(20);
    }

    @Test
    void contents_of_any_words_are_read_as_jackson_reads_them() {
        for (int i = 0; i < MANY; i++) {
            assertSame(content());
        }
    }

    @Test
    void a_plain_invoice_needs_no_jackson() {
        byte[] json = JSON.writeValueAsBytes(SampleInvoice.of().content());
        assertThat(reader.usual(new JsonBytes(json))).isEqualTo(SampleInvoice.of().content());
        byte[] credit =
                JSON.writeValueAsBytes(
                        InvoicesForTests.creditNote(SampleInvoice.of(), 1_000).content());
        assertThatThrownBy(() -> reader.usual(new JsonBytes(credit)))
                .isInstanceOf(JsonBytes.Unusual.class);
    }

    @Test
    void what_is_not_as_the_hub_writes_it_is_taken_or_refused_as_jackson_does() {
        byte[] json = JSON.writeValueAsBytes(content());
        for (int i = 0; i < json.length; i++) {
            assertSameOutcome(java.util.Arrays.copyOf(json, i));
            if (json[i] >= 0) {
                byte[] changed = json.clone();
                String others = "\"\\,:{}[]0189-.eE+ nut\u0001";
                changed[i] = (byte) others.charAt(random.nextInt(others.length()));
                assertSameOutcome(changed);
            }
        }
        String text = new String(json, StandardCharsets.UTF_8);
        for (String wrong :
                List.of(
                        text + " ",
                        text + "{}",
                        " " + text,
                        text.replace("\"quantity\":", "\"quantity\":0"),
                        text.replace("\"net\":", "\"net\":1234567890123456789"),
                        text.replace("\"vatRate\":", "\"vatRate\":0"),
                        text.replace("\"currency\":{", "\"other\":1,\"currency\":{"))) {
            assertSameOutcome(wrong.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void assertSame(InvoiceContent content) {
        byte[] json = JSON.writeValueAsBytes(content);
        var bound = JSON.readValue(json, InvoiceContent.class);
        assertThat(reader.read(json)).isEqualTo(bound);
        // What it remembers of the one before changes nothing.
        assertThat(reader.read(json)).isEqualTo(bound);
        assertThat(JSON.writeValueAsBytes(reader.read(json))).isEqualTo(json);
    }

    private void assertSameOutcome(byte[] json) {
        assertThat(outcome(() -> reader.read(json)))
                .as(new String(json, StandardCharsets.UTF_8))
                .isEqualTo(outcome(() -> JSON.readValue(json, InvoiceContent.class)));
    }

    private static @Nullable InvoiceContent outcome(
            java.util.function.Supplier<InvoiceContent> read) {
        try {
            return read.get();
        } catch (JacksonException e) {
            return null;
        }
    }

    private InvoiceContent content() {
        var lines = new ArrayList<InvoiceLine>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            lines.add(line());
        }
        return new InvoiceContent(
                random.nextBoolean() ? Environment.PRODUCTION : Environment.STAGING,
                random.nextInt(4) == 0 ? seller() : InvoicesForTests.seller(false),
                new Party(
                        any(),
                        any(),
                        any(),
                        any(),
                        any(),
                        any(),
                        any(),
                        any(),
                        any(),
                        any(),
                        random.nextBoolean(),
                        any(),
                        any()),
                random.nextInt(4) == 0 ? new Currency("JPY") : Currency.EUR,
                lines,
                new Payment(
                        Instant.ofEpochSecond(random.nextInt(), random.nextInt(2) * 123_000_000L),
                        word(),
                        any(),
                        word(),
                        random.nextBoolean() ? null : random.nextLong(),
                        random.nextBoolean() ? null : (long) random.nextInt()),
                LocalDate.of(2026, 11, 1 + random.nextInt(30)),
                Nature.values()[random.nextInt(3)],
                word(),
                word(),
                terms());
    }

    private InvoiceLine line() {
        var category = VatCategory.values()[random.nextInt(VatCategory.values().length)];
        boolean isTaxed = category == VatCategory.S || category == VatCategory.Z;
        return new InvoiceLine(
                word(),
                random.nextInt(),
                random.nextInt(),
                random.nextInt(3) - 1,
                BigDecimal.valueOf(random.nextInt(10_000), random.nextInt(6) - 1),
                category,
                isTaxed ? null : new Exemption(word(), word()),
                random.nextBoolean() ? null : Nature.values()[random.nextInt(3)],
                any());
    }

    private SellerSnapshot seller() {
        return new SellerSnapshot(
                word(),
                word(),
                word(),
                word(),
                word(),
                word(),
                word(),
                word(),
                word(),
                word(),
                word(),
                word(),
                random.nextBoolean(),
                random.nextBoolean(),
                word(),
                word(),
                word(),
                word(),
                word(),
                random.nextBoolean() ? null : new VatGroup(word(), word(), word()));
    }

    private Terms terms() {
        var notes = new ArrayList<Note>();
        for (int i = random.nextInt(3); i > 0; i--) {
            notes.add(new Note(word(), word(), random.nextBoolean()));
        }
        var deliverTo = new DeliverTo(any(), any(), any(), any(), any(), word(), any());
        return new Terms(notes, random.nextBoolean() ? null : deliverTo, any(), any());
    }

    private String word() {
        return WORDS[random.nextInt(WORDS.length)] + WORDS[random.nextInt(WORDS.length)];
    }

    private @Nullable String any() {
        return random.nextInt(3) == 0 ? null : word();
    }
}
