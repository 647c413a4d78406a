package com.comptappart.invoice;

import static com.comptappart.invoice.JsonBytes.ascii;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the contents of invoices one after the other, ten times as fast as Jackson binds them: they
 * are as {@link InvoiceContent} is written, and what all those of a seller have in common is read
 * once. Whatever is written otherwise, credit notes for instance, Jackson reads.
 *
 * <p>Not for several threads.
 */
final class ContentReader {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final byte[] ENVIRONMENT = ascii("{\"environment\":");
    private static final byte[] SELLER = ascii(",\"seller\":{");
    private static final byte[] BUYER = ascii(",\"buyer\":{");
    private static final byte[] CURRENCY = ascii(",\"currency\":{\"code\":");
    private static final byte[] LINES = ascii("},\"lines\":[");
    private static final byte[] PAYMENT = ascii("],\"payment\":{");
    private static final byte[] SUPPLY_DATE = ascii("},\"supplyDate\":");
    private static final byte[] NATURE = ascii(",\"nature\":");
    private static final byte[] LANGUAGE = ascii(",\"language\":");
    private static final byte[] ORDER_REFERENCE = ascii(",\"orderReference\":");
    private static final byte[] TERMS = ascii(",\"terms\":{");

    private static final byte[] COMMA = ascii(",");
    private static final byte[] CLOSED = ascii("}");

    private final Common<SellerSnapshot> sellers = new Common<>(ContentParts::seller);
    private final Common<Currency> currencies = new Common<>(json -> new Currency(json.text()));
    private final Common<LocalDate> days = new Common<>(json -> LocalDate.parse(json.text()));
    private final Common<Terms> terms = new Common<>(ContentParts::terms);

    /** A part that is read again only where it is not what it was. */
    private static final class Common<T> {

        private final Function<JsonBytes, T> reader;
        private byte[] former = new byte[0];
        private @Nullable T value;

        Common(Function<JsonBytes, T> reader) {
            this.reader = reader;
        }

        /** A value of JSON tells where it ends, so one that begins with the former is it. */
        T read(JsonBytes json) {
            var known = value;
            if (known != null && json.skips(former)) {
                return known;
            }
            int from = json.at();
            var fresh = reader.apply(json);
            former = json.since(from);
            value = fresh;
            return fresh;
        }
    }

    /**
     * @throws tools.jackson.core.JacksonException where it is no content of an invoice
     */
    InvoiceContent read(byte[] json) {
        try {
            return usual(new JsonBytes(json));
        } catch (DateTimeException | IllegalArgumentException e) {
            return JSON.readValue(json, InvoiceContent.class);
        }
    }

    /**
     * @throws DateTimeException where it is written otherwise
     * @throws IllegalArgumentException where it is written otherwise
     */
    InvoiceContent usual(JsonBytes json) {
        json.expect(ENVIRONMENT);
        var environment = Environment.valueOf(json.text());
        json.expect(SELLER);
        var seller = sellers.read(json);
        json.expect(BUYER);
        var buyer = ContentParts.buyer(json);
        json.expect(CURRENCY);
        var currency = currencies.read(json);
        json.expect(LINES);
        List<InvoiceLine> lines = new ArrayList<>();
        do {
            lines.add(ContentParts.line(json));
        } while (json.skips(COMMA));
        json.expect(PAYMENT);
        var payment = ContentParts.payment(json);
        json.expect(SUPPLY_DATE);
        var supplyDate = days.read(json);
        json.expect(NATURE);
        var nature = Nature.valueOf(json.text());
        String language = ContentParts.text(json, LANGUAGE);
        String orderReference = ContentParts.text(json, ORDER_REFERENCE);
        json.expect(TERMS);
        var said = terms.read(json);
        json.expect(CLOSED);
        json.expectEnd();
        return new InvoiceContent(
                environment,
                seller,
                buyer,
                currency,
                lines,
                payment,
                supplyDate,
                nature,
                language,
                orderReference,
                said);
    }
}
