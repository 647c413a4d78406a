package com.comptappart.invoice;

import com.comptappart.invoice.CreditNoteRequest.Taken;
import com.comptappart.invoice.CreditSplit.Part;
import com.comptappart.kernel.Currency;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What an order's invoice has left to be credited, and what a credit note on it would say: worked
 * out by the code that issues them, so that whoever looks before the money moves sees what will
 * come. Amounts in minor units.
 */
public final class Creditable {

    private final NumberedInvoice invoice;
    private final List<Part> taken;

    private Creditable(NumberedInvoice invoice, List<Part> taken) {
        this.invoice = invoice;
        this.taken = List.copyOf(taken);
    }

    static Creditable of(NumberedInvoice invoice, List<InvoiceContent> creditNotes) {
        return new Creditable(
                invoice,
                creditNotes.stream().flatMap(each -> CreditNotes.parts(each).stream()).toList());
    }

    /**
     * A line of the invoice.
     *
     * @param gross tax included
     * @param left of it, tax included
     */
    public record Line(String name, long quantity, BigDecimal vatRate, long gross, long left) {}

    /** A line of a credit note. */
    public record Credited(String name, long quantity, BigDecimal vatRate, long net, long vat) {

        /** Tax included. */
        public long gross() {
            return net + vat;
        }
    }

    /**
     * What a credit note takes of one rate.
     *
     * @param exemption why it is not taxed; empty where it is
     */
    public record Rate(BigDecimal rate, long net, long vat, String exemption) {}

    /**
     * A credit note that is not issued, so that it has no number.
     *
     * @param left of the invoice after it, tax included
     */
    public record Draft(List<Credited> lines, List<Rate> rates, long net, long vat, long left) {
        public Draft {
            lines = List.copyOf(lines);
            rates = List.copyOf(rates);
        }

        /** Tax included. */
        public long gross() {
            return net + vat;
        }
    }

    public String invoiceNumber() {
        return invoice.number();
    }

    public Currency currency() {
        return invoice.content().currency();
    }

    /** Those of the invoice, in its order. */
    public List<Line> lines() {
        var lines = invoice.content().lines();
        var left = CreditSplit.left(lines, taken);
        var shown = new ArrayList<Line>(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            shown.add(
                    new Line(
                            line.name(),
                            line.quantity(),
                            InvoiceContent.plain(line.vatRate()),
                            line.gross(),
                            left.get(i).gross()));
        }
        return shown;
    }

    /** Of all lines, tax included. */
    public long left() {
        return lines().stream().mapToLong(Line::left).sum();
    }

    /**
     * As if that had been credited, or all that is left where it is more.
     *
     * @param of for which lines; empty for all
     */
    public Creditable after(long minor, List<Taken> of) {
        long some = Math.min(minor, left());
        if (some < 1) {
            return this;
        }
        var all = new ArrayList<>(taken);
        all.addAll(CreditNotes.parts(content(some, of)));
        return new Creditable(invoice, all);
    }

    /**
     * The credit note that such a refund makes.
     *
     * @param of for which lines; empty for all
     * @throws IllegalArgumentException when that is not left
     */
    public Draft draft(long minor, List<Taken> of) {
        var content = content(minor, of);
        return new Draft(
                content.lines().stream()
                        .map(line ->
                                new Credited(
                                        line.name(),
                                        line.quantity(),
                                        InvoiceContent.plain(line.vatRate()),
                                        line.net(),
                                        line.vat()))
                        .toList(),
                content.rates().stream()
                        .map(each ->
                                new Rate(
                                        each.rate(),
                                        each.net(),
                                        each.vat(),
                                        each.exemption() == null ? "" : each.exemption().text()))
                        .toList(),
                content.net(),
                content.vat(),
                left() - content.gross());
    }

    /** When, why and in which language changes no amount. */
    private InvoiceContent content(long minor, List<Taken> of) {
        var wanted =
                new CreditNoteRequest.Wanted(
                        minor, Instant.EPOCH, "", invoice.content().language(), null, of);
        return CreditNotes.content(invoice, taken, "", wanted);
    }
}
