package com.comptappart.console;

import com.comptappart.invoice.CreditNoteRequest.Taken;
import com.comptappart.invoice.Creditable;
import com.comptappart.invoice.Creditables;
import com.comptappart.order.Order;
import com.comptappart.order.OrderLine;
import com.comptappart.order.OrderRefund;
import com.comptappart.order.Refund;
import com.comptappart.order.Refunds;
import com.comptappart.stripe.RefundRequests;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Works out what a refund would give back, of which lines, and which credit note would come. */
@Component
class RefundPlans {

    private final RefundRequests requests;
    private final Refunds refunds;
    private final Creditables creditables;

    RefundPlans(RefundRequests requests, Refunds refunds, Creditables creditables) {
        this.requests = requests;
        this.refunds = refunds;
        this.creditables = creditables;
    }

    /**
     * Where an order stands before a refund.
     *
     * @param creditable what will be left of its invoice once all that was asked for is credited;
     *     null while there is no invoice
     */
    record Standing(Order order, RefundRequests.Room room, @Nullable Creditable creditable) {

        /** Of a line of the order, tax included, minor units. */
        long left(int line) {
            if (creditable == null) {
                return 0;
            }
            var lines = creditable.lines();
            long left = 0;
            for (int place : order.paid().invoiceLines().get(line)) {
                left += place < lines.size() ? lines.get(place).left() : 0;
            }
            return Math.max(0, Math.min(left, room.left()));
        }
    }

    /** A plan, or the key of the words that say what is missing. */
    record Outcome(@Nullable RefundPlan plan, String problem) {
        static Outcome of(String problem) {
            return new Outcome(null, problem);
        }
    }

    Standing standing(Order order) {
        var room = requests.room(order);
        var creditable = creditables.of(order.paid().partner(), order.id()).orElse(null);
        if (creditable == null) {
            return new Standing(order, room, null);
        }
        for (var pending : pending(order)) {
            creditable =
                    creditable.after(pending.amountMinor(), taken(order, pending.of().lines()));
        }
        for (var open : room.open()) {
            creditable = creditable.after(open.minor(), taken(order, open.lines()));
        }
        return new Standing(order, room, creditable);
    }

    private List<OrderRefund> pending(Order order) {
        return refunds.ofOrders(List.of(order.id())).getOrDefault(order.id(), List.of()).stream()
                .filter(each -> each.status() == Refund.Status.PENDING && !each.succeeded())
                .toList();
    }

    Outcome of(Standing standing, RefundAsked asked) {
        return switch (asked.what()) {
            case RefundAsked.ALL -> all(standing, asked);
            case RefundAsked.AMOUNT -> amount(standing, asked);
            case RefundAsked.LINES -> lines(standing, asked);
            default -> Outcome.of("refund-form.choose");
        };
    }

    /** Who typed an amount does not mean all. */
    private Outcome all(Standing standing, RefundAsked asked) {
        if (asked.namesLines() || !asked.field("montant").isEmpty()) {
            return Outcome.of("refund-form.not-all");
        }
        return plan(standing, asked, standing.room().left(), Map.of());
    }

    private Outcome amount(Standing standing, RefundAsked asked) {
        if (asked.namesLines()) {
            return Outcome.of("refund-form.amount-and-lines");
        }
        var minor = RefundAsked.minor(asked.field("montant"), standing.order().paid().currency());
        return minor.isEmpty()
                ? Outcome.of("refund-form.amount-invalid")
                : plan(standing, asked, minor.getAsLong(), Map.of());
    }

    private Outcome lines(Standing standing, RefundAsked asked) {
        if (!asked.field("montant").isEmpty()) {
            return Outcome.of("refund-form.amount-and-lines");
        }
        var lines = new TreeMap<Integer, Long>();
        long sum = 0;
        for (int line = 0; line < standing.order().paid().lines().size(); line++) {
            String quantity = asked.field("q" + (line + 1));
            String amount = asked.field("m" + (line + 1));
            if (quantity.isEmpty() && amount.isEmpty()) {
                continue;
            }
            var minor = line(standing, line, quantity, amount);
            if (minor.isEmpty()) {
                return Outcome.of("refund-form.line-invalid");
            }
            if (minor.getAsLong() > standing.left(line)) {
                return Outcome.of("refund-form.line-too-large");
            }
            if (minor.getAsLong() > 0) {
                lines.put(line, minor.getAsLong());
                sum += minor.getAsLong();
            }
        }
        return lines.isEmpty()
                ? Outcome.of("refund-form.no-line")
                : plan(standing, asked, sum, lines);
    }

    /** The amount where one was typed, else that of the pieces; one of both, not both. */
    private static OptionalLong line(Standing standing, int line, String quantity, String amount) {
        var sold = standing.order().paid().lines().get(line);
        if (!amount.isEmpty()) {
            return quantity.isEmpty()
                    ? RefundAsked.minor(amount, standing.order().paid().currency())
                    : OptionalLong.empty();
        }
        if (!quantity.matches("[0-9]{1,9}") || Long.parseLong(quantity) > sold.quantity()) {
            return OptionalLong.empty();
        }
        long asked = share(sold, Long.parseLong(quantity));
        long left = standing.left(line);
        // A cent that pieces were rounded up by before is missing at the last ones.
        return OptionalLong.of(asked - left < sold.quantity() ? Math.min(left, asked) : asked);
    }

    /** How many pieces of a line can still be given back. */
    static long pieces(OrderLine sold, long left) {
        return sold.gross() < 1
                ? 0
                : Math.min(
                        sold.quantity(),
                        Math.multiplyExact(left + sold.quantity() - 1, sold.quantity())
                                / sold.gross());
    }

    private static long share(OrderLine sold, long pieces) {
        return BigDecimal.valueOf(sold.gross())
                .multiply(BigDecimal.valueOf(pieces))
                .divide(BigDecimal.valueOf(sold.quantity()), 0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    private Outcome plan(
            Standing standing, RefundAsked asked, long minor, Map<Integer, Long> lines) {
        var creditable = standing.creditable();
        long left = standing.room().left();
        if (creditable == null) {
            return Outcome.of("refund-form.no-invoice");
        }
        if (minor < 1 || minor > left) {
            return Outcome.of("refund-form.too-large");
        }
        long credited = Math.min(refunds.wouldCredit(standing.order(), minor), creditable.left());
        var draft =
                credited < 1 ? null : creditable.draft(credited, taken(standing.order(), lines));
        return new Outcome(new RefundPlan(minor, lines, asked.reason(), draft), "");
    }

    private static List<Taken> taken(Order order, Map<Integer, Long> lines) {
        var places = order.paid().invoiceLines();
        var taken = new ArrayList<Taken>();
        new TreeMap<>(lines)
                .forEach((line, minor) -> {
                    if (line < places.size()) {
                        taken.add(new Taken(places.get(line), minor));
                    }
                });
        return taken;
    }
}
