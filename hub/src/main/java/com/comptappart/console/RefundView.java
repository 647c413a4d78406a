package com.comptappart.console;

import com.comptappart.invoice.Creditable;
import com.comptappart.kernel.Currency;
import com.comptappart.order.Order;
import com.comptappart.order.OrderLine;
import com.comptappart.stripe.RefundRequests;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the pages of a refund show. */
final class RefundView {

    private RefundView() {}

    /**
     * A line of the order that something can be given back of.
     *
     * @param place from 1, as its fields are named
     * @param pieces empty where there is one, which is all of the line
     */
    record Line(
            int place,
            String name,
            String paid,
            String left,
            String pieces,
            String quantity,
            String amount) {}

    /** A line, or a rate, of the credit note that will come. */
    record Row(String name, String quantity, String rate, String net, String vat, String gross) {}

    /**
     * The credit note that will come.
     *
     * @param left of the order after it
     */
    record Draft(
            String invoice,
            List<Row> lines,
            List<Row> rates,
            String net,
            String vat,
            String gross,
            String left) {
        Draft {
            lines = List.copyOf(lines);
            rates = List.copyOf(rates);
        }
    }

    /**
     * @param total what the buyer gets
     * @param draft null where no credit note comes
     */
    record Preview(String total, @Nullable Draft draft, String left) {}

    static List<Line> lines(Words words, RefundPlans.Standing standing, RefundAsked asked) {
        var paid = standing.order().paid();
        var shown = new ArrayList<Line>();
        for (int i = 0; i < paid.lines().size(); i++) {
            OrderLine line = paid.lines().get(i);
            long left = standing.left(i);
            if (left > 0) {
                shown.add(
                        new Line(
                                i + 1,
                                line.name(),
                                words.money(line.gross(), paid.currency()),
                                words.money(left, paid.currency()),
                                Long.toString(RefundPlans.pieces(line, left)),
                                asked.field("q" + (i + 1)),
                                asked.field("m" + (i + 1))));
            }
        }
        return shown;
    }

    static Preview preview(Words words, RefundPlans.Standing standing, RefundPlan plan) {
        var currency = standing.order().paid().currency();
        var draft = plan.draft();
        var creditable = standing.creditable();
        return new Preview(
                words.money(plan.minor(), currency),
                draft == null || creditable == null
                        ? null
                        : draft(words, draft, creditable.invoiceNumber(), currency),
                words.money(standing.room().left() - plan.minor(), currency));
    }

    private static Draft draft(
            Words words, Creditable.Draft draft, String invoice, Currency currency) {
        return new Draft(
                invoice,
                draft.lines().stream()
                        .map(line ->
                                new Row(
                                        line.name(),
                                        words.count(line.quantity()),
                                        words.percent(line.vatRate()),
                                        words.money(line.net(), currency),
                                        words.money(line.vat(), currency),
                                        words.money(line.gross(), currency)))
                        .toList(),
                draft.rates().stream()
                        .map(rate ->
                                new Row(
                                        rate.exemption(),
                                        "",
                                        words.percent(rate.rate()),
                                        words.money(rate.net(), currency),
                                        words.money(rate.vat(), currency),
                                        words.money(rate.net() + rate.vat(), currency)))
                        .toList(),
                words.money(draft.net(), currency),
                words.money(draft.vat(), currency),
                words.money(draft.gross(), currency),
                words.money(draft.left(), currency));
    }

    /**
     * What an order's page says of a refund.
     *
     * @param asked for what Stripe has not told of yet; empty for nothing
     * @param obstacle the end of the key of the words that say why there is no button
     */
    record Room(String left, String asked, String obstacle) {}

    static Room room(Words words, Order order, RefundRequests.Room room) {
        long open = room.open().stream().mapToLong(RefundRequests.Open::minor).sum();
        return new Room(
                words.money(room.left(), order.paid().currency()),
                open == 0 ? "" : words.money(open, order.paid().currency()),
                obstacle(room));
    }

    static String obstacle(RefundRequests.Room room) {
        var obstacle = room.obstacle();
        return obstacle == null ? "" : obstacle.name().toLowerCase(Locale.ROOT);
    }

    /** Where the order's money stands. */
    static List<Step.Fact> facts(Words words, RefundPlans.Standing standing) {
        Order order = standing.order();
        var paid = order.paid();
        long open = standing.room().open().stream().mapToLong(each -> each.minor()).sum();
        var facts = new ArrayList<Step.Fact>();
        facts.add(
                Step.Fact.of(
                        words.text("refund-form.paid"),
                        words.money(paid.total(), paid.currency())));
        if (open > 0) {
            facts.add(
                    Step.Fact.of(
                            words.text("refund-form.asked"), words.money(open, paid.currency())));
        }
        facts.add(
                Step.Fact.of(
                        words.text("refund-form.left"),
                        words.money(standing.room().left(), paid.currency())));
        return facts;
    }
}
