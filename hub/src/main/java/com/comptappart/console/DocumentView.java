package com.comptappart.console;

import com.comptappart.invoice.DocumentKind;
import com.comptappart.invoice.InvoiceContent;
import com.comptappart.invoice.InvoiceIssued;
import com.comptappart.invoice.InvoiceLine;
import com.comptappart.invoice.IssuedDocument;
import com.comptappart.invoice.Party;
import com.comptappart.invoice.SellerSnapshot;
import com.comptappart.kernel.Currency;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the page of an invoice or a credit note says; amounts as the document has them. */
record DocumentView(
        String number,
        String title,
        String url,
        String date,
        String machineDate,
        String net,
        String vat,
        String gross,
        String order,
        String orderUrl,
        List<Step.Fact> seller,
        List<Step.Fact> buyer,
        List<Line> lines,
        List<Rate> rates,
        List<Step.Fact> ledger) {

    /**
     * One line.
     *
     * @param product empty: a document does not name it otherwise
     */
    record Line(
            String name,
            String product,
            String quantity,
            String net,
            String rate,
            String vat,
            String gross) {}

    /**
     * The sums of one rate.
     *
     * @param reason why it is not taxed, empty where it is
     */
    record Rate(String rate, String reason, String net, String vat, String gross) {}

    static boolean isCreditNote(InvoiceIssued issued) {
        return issued.kind() == DocumentKind.CREDIT_NOTE;
    }

    static DocumentView of(Words words, IssuedDocument document, String url, String orderUrl) {
        var content = document.content();
        var currency = content.currency();
        return new DocumentView(
                document.number(),
                words.text("document.title." + document.kind(), document.number()),
                url,
                words.date(document.issueDate()),
                document.issueDate().toString(),
                words.money(content.net(), currency),
                words.money(content.vat(), currency),
                words.money(content.gross(), currency),
                document.order().toString(),
                orderUrl,
                seller(words, content.seller()),
                buyer(words, content.buyer()),
                content.lines().stream().map(each -> line(words, each, currency)).toList(),
                content.rates().stream().map(each -> rate(words, each, currency)).toList(),
                ledger(words, document));
    }

    private static Line line(Words words, InvoiceLine line, Currency currency) {
        return new Line(
                line.name(),
                "",
                words.count(line.quantity()),
                words.money(line.net(), currency),
                words.percent(InvoiceContent.plain(line.vatRate())),
                words.money(line.vat(), currency),
                words.money(line.gross(), currency));
    }

    private static Rate rate(Words words, InvoiceContent.RateTotal total, Currency currency) {
        var exemption = total.exemption();
        return new Rate(
                words.percent(total.rate()),
                exemption == null ? "" : exemption.text(),
                words.money(total.net(), currency),
                words.money(total.vat(), currency),
                words.money(total.gross(), currency));
    }

    private static List<Step.Fact> seller(Words words, SellerSnapshot seller) {
        var facts = new ArrayList<Step.Fact>();
        add(facts, words.text("buyer.name"), seller.name());
        add(facts, words.text("document.form"), joined(", ", seller.legalForm(), seller.capital()));
        add(
                facts,
                words.text("buyer.address"),
                joined(
                        ", ",
                        seller.line1(),
                        seller.line2(),
                        joined(" ", seller.postalCode(), seller.city()),
                        seller.country()));
        add(facts, "SIREN", seller.siren());
        add(facts, "SIRET", seller.siret());
        add(facts, "RCS", seller.rcs());
        add(facts, words.text("buyer.vat"), seller.vatNumber());
        return facts;
    }

    private static List<Step.Fact> buyer(Words words, Party buyer) {
        var facts = new ArrayList<Step.Fact>();
        add(facts, words.text("buyer.name"), buyer.name());
        add(facts, words.text("document.contact"), buyer.contact());
        add(facts, words.text("buyer.email"), buyer.email());
        add(
                facts,
                words.text("buyer.address"),
                joined(
                        ", ",
                        buyer.line1(),
                        buyer.line2(),
                        joined(" ", buyer.postalCode(), buyer.city()),
                        buyer.state(),
                        buyer.country()));
        add(facts, "SIREN", buyer.siren());
        add(facts, words.text("buyer.vat"), buyer.vatNumber());
        return facts;
    }

    private static List<Step.Fact> ledger(Words words, IssuedDocument document) {
        var proof = document.proof();
        return List.of(
                Step.Fact.of(
                        words.text("document.position"),
                        words.text(
                                "document.position.text",
                                words.count(document.sequence()),
                                words.text(
                                        "series." + document.kind(),
                                        Integer.toString(document.year())))),
                Step.Fact.of(
                        words.text("document.issued-at"), words.exactTime(document.issuedAt())),
                Step.Fact.code(words.text("document.hash.pdf"), proof.pdf()),
                Step.Fact.code(words.text("document.hash.content"), proof.content()),
                Step.Fact.code(words.text("document.hash.previous"), proof.previous()),
                Step.Fact.code(words.text("document.hash.entry"), proof.entry()));
    }

    private static String joined(String separator, @Nullable String... parts) {
        return Stream.of(parts)
                .filter(part -> part != null && !part.isBlank())
                .collect(Collectors.joining(separator));
    }

    private static void add(List<Step.Fact> facts, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            facts.add(Step.Fact.of(name, value));
        }
    }
}
