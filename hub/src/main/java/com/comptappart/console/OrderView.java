package com.comptappart.console;

import com.comptappart.kernel.Currency;
import com.comptappart.order.Buyer;
import com.comptappart.order.CustomField;
import com.comptappart.order.OrderLine;
import com.comptappart.order.PaidOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What an order's page shows besides its timeline. */
record OrderView(
        String number,
        String url,
        String total,
        String tax,
        String net,
        String paidAt,
        String reason,
        String attention,
        List<Step.Fact> buyer,
        List<Line> lines,
        List<Step.Fact> answers,
        List<Coverage> coverage,
        List<Step.Fact> metadata,
        String invoice,
        List<CreditNote> creditNotes,
        String raw) {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** One line, amounts as they are read. */
    record Line(
            String name,
            String product,
            String quantity,
            String net,
            String rate,
            String vat,
            String gross) {}

    /** A property and the tax year that was paid for. */
    record Coverage(String year, String property, String id) {}

    /** An issued credit note. */
    record CreditNote(String number, String amount, String date) {}

    OrderView {
        creditNotes = List.copyOf(creditNotes);
        buyer = List.copyOf(buyer);
        lines = List.copyOf(lines);
        answers = List.copyOf(answers);
        coverage = List.copyOf(coverage);
        metadata = List.copyOf(metadata);
    }

    static OrderView of(Words words, Story story, String url) {
        PaidOrder paid = story.paid();
        var invoice = story.invoice();
        var currency = paid.currency();
        return new OrderView(
                story.id().toString(),
                url,
                words.money(paid.total(), currency),
                words.money(paid.tax(), currency),
                words.money(paid.total() - paid.tax(), currency),
                words.exactTime(paid.payment().paidAt()),
                words.ofCode("billing.", paid.billingReason()),
                story.attention(words),
                buyer(words, paid.buyer()),
                paid.lines().stream().map(line -> line(words, line, currency)).toList(),
                paid.customFields().stream().map(OrderView::answer).toList(),
                coverage(paid.coverage()),
                new TreeMap<>(paid.metadata())
                        .entrySet().stream()
                                .map(each -> Step.Fact.code(each.getKey(), each.getValue()))
                                .toList(),
                invoice == null ? "" : invoice.number(),
                story.creditNotes().stream()
                        .map(note ->
                                new CreditNote(
                                        note.number(),
                                        words.money(note.totalMinor(), currency),
                                        words.date(note.issueDate())))
                        .toList(),
                JSON.writeValueAsString(story.order()));
    }

    private static Step.Fact answer(CustomField field) {
        return Step.Fact.of(field.label().isBlank() ? field.key() : field.label(), field.value());
    }

    private static Line line(Words words, OrderLine line, Currency currency) {
        return new Line(
                line.name(),
                line.productId(),
                words.count(line.quantity()),
                words.money(line.net(), currency),
                words.percent(line.vatRate()),
                words.money(line.vat(), currency),
                words.money(line.gross(), currency));
    }

    static List<Step.Fact> buyer(Words words, Buyer buyer) {
        var facts = new ArrayList<Step.Fact>();
        add(facts, words.text("buyer.name"), buyer.name());
        add(facts, words.text("buyer.email"), buyer.email());
        add(facts, words.text("buyer.phone"), buyer.phone());
        add(facts, words.text("buyer.address"), address(buyer));
        add(facts, "SIREN", buyer.siren());
        add(facts, words.text("buyer.vat"), buyer.vatNumber());
        return facts;
    }

    private static String address(Buyer buyer) {
        var parts = new ArrayList<String>();
        addPart(parts, buyer.line1());
        addPart(parts, buyer.line2());
        addPart(parts, (orEmpty(buyer.postalCode()) + " " + orEmpty(buyer.city())).strip());
        addPart(parts, buyer.state());
        addPart(parts, buyer.country());
        return String.join(", ", parts);
    }

    private static List<Coverage> coverage(String json) {
        try {
            var entries = new ArrayList<Coverage>();
            for (JsonNode entry : JSON.readTree(json)) {
                var property = entry.path("property");
                entries.add(
                        new Coverage(
                                entry.path("year").asString(""),
                                property.path("name").asString(""),
                                property.path("external_id").asString("")));
            }
            return entries;
        } catch (JacksonException e) {
            // Stored coverage was checked when it was read; what isn't JSON is in the raw data.
            return List.of();
        }
    }

    private static void add(List<Step.Fact> facts, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            facts.add(Step.Fact.of(name, value));
        }
    }

    private static void addPart(List<String> parts, @Nullable String part) {
        if (part != null && !part.isBlank()) {
            parts.add(part);
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
