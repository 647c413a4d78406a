package com.comptappart.stripe;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Reason;
import com.comptappart.order.Credit;
import com.comptappart.order.GivenBack;
import com.comptappart.order.Order;
import com.comptappart.order.PaidObjects;
import com.comptappart.order.Refund;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * What a Stripe invoice gives back: the lines of a partner below zero (a downgrade, the unused time
 * of what ended), which go to the customer's balance or pay for the others' lines; and what was
 * taken off before it was paid. Stripe makes no refund of it.
 */
@Component
class InvoiceCredits {

    private final PaidObjects orders;
    private final CreditedLines lines;
    private final StripeApi stripe;
    private final Clock clock;

    InvoiceCredits(PaidObjects orders, CreditedLines lines, StripeApi stripe, Clock clock) {
        this.orders = orders;
        this.lines = lines;
        this.stripe = stripe;
        this.clock = clock;
    }

    /**
     * An invoice that was paid.
     *
     * @param paymentReference of its orders
     * @param sale what of it was sold
     */
    record Paid(
            ReceivedEvent event,
            JsonNode invoice,
            Source source,
            String paymentReference,
            Instant at,
            CreditedLines.Sale sale) {

        private String id() {
            return SessionFields.id(invoice.path("id"), "id");
        }
    }

    /**
     * @param below partners whose lines are below zero
     * @throws AwaitsOrder when an invoice that it may credit is no order yet
     * @throws Unreadable when nothing says what it credits
     */
    List<Refund> of(Paid paid, Map<PartnerId, Shares.Share> below) {
        var credits = new ArrayList<Refund>();
        long before = SessionFields.signedOrZero(paid.invoice(), "pre_payment_credit_notes_amount");
        if (before > 0) {
            var byProduct = lines.byProduct(paid.source(), paid.sale(), notesBefore(paid));
            var products = GivenBack.ofProducts(CreditedLines.named(byProduct));
            var shares = lines.share(paid.source(), paid.sale(), byProduct, before);
            shares.forEach((partner, minor) ->
                    credits.add(ofItself(paid, id(paid, credits), partner, minor).with(products)));
            if (shares.isEmpty()) {
                credits.add(ofItself(paid, id(paid, credits), null, before).with(products));
            }
        }
        below.forEach((partner, share) ->
                credits.add(
                        below(paid, id(paid, credits), partner, -share.total())
                                .with(GivenBack.ofProducts(share.givenBack()))));
        return credits;
    }

    /**
     * What of what it sells was not asked for: taken off by credit notes before the payment, or by
     * lines that give back no time.
     *
     * @param below what partners' lines are below zero, as more than zero
     */
    static long takenOff(JsonNode invoice, long below) {
        return SessionFields.signedOrZero(invoice, "pre_payment_credit_notes_amount")
                + (InvoiceShape.creditsTime(invoice) ? 0 : below);
    }

    /** The invoice's; of a second credit of it, with a number behind it. */
    private static String id(Paid paid, List<Refund> before) {
        return before.isEmpty() ? paid.id() : paid.id() + "/" + (before.size() + 1);
    }

    /** Those of Stripe's credit notes that took something off before the payment. */
    private List<JsonNode> notesBefore(Paid paid) {
        if (!stripe.canAsk(paid.event().environment())) {
            return List.of();
        }
        return stripe.creditNotes(paid.source(), paid.id()).stream()
                .filter(note -> note.path("status").asString("").equals("issued"))
                .filter(note -> note.path("pre_payment_amount").asLong(0) > 0)
                .toList();
    }

    private Refund below(Paid paid, String id, PartnerId partner, long minor) {
        boolean prorated = InvoiceShape.creditsTime(paid.invoice());
        if (!paid.sale().partners().isEmpty() && !prorated) {
            return ofItself(paid, id, null, minor);
        }
        String subscription = InvoiceShape.subscription(paid.invoice());
        if (subscription.isEmpty()) {
            return ofNamedOrder(paid, id, minor);
        }
        var earlier = earlier(paid, subscription);
        // All of them: which of them a credit is taken from must not depend on what came first.
        earlier.forEach(each -> await(paid.event(), each));
        // Stripe may name one that is no order: below zero itself, or not paid yet.
        String named = InvoiceShape.creditedInvoice(paid.invoice());
        boolean sold = earlier.isEmpty() || earlier.contains(named) || isOpen(paid, named);
        String credited = sold ? named : earlier.getFirst();
        var credit = new Credit(Credit.Means.BALANCE, partner, credited);
        return refund(paid, id, subscription, minor, null, credit);
    }

    /** What the invoice itself sells is reduced. */
    private static Refund ofItself(Paid paid, String id, @Nullable PartnerId partner, long minor) {
        var credit = new Credit(Credit.Means.REDUCTION, partner, paid.id());
        return refund(paid, id, paid.paymentReference(), minor, null, credit);
    }

    private List<String> earlier(Paid paid, String subscription) {
        return stripe.canAsk(paid.event().environment())
                ? stripe.invoicesPaidBefore(
                        paid.source(),
                        subscription,
                        paid.id(),
                        paid.invoice().path("created").asLong(Long.MAX_VALUE))
                : List.of();
    }

    private boolean isOpen(Paid paid, String invoice) {
        return !invoice.isEmpty()
                && stripe.canAsk(paid.event().environment())
                && stripe.invoice(paid.source(), invoice)
                        .filter(found -> found.path("status").asString("").equals("open"))
                        .isPresent();
    }

    private void await(ReceivedEvent event, String invoice) {
        boolean there = !orders.ofObject(event.account(), event.environment(), invoice).isEmpty();
        if (!there && AwaitsOrder.mayStillCome(event, clock.instant())) {
            throw new AwaitsOrder(invoice);
        }
    }

    /** An invoice without a subscription does not say what it credits: a person may. */
    private Refund ofNamedOrder(Paid paid, String id, long minor) {
        var event = paid.event();
        var fresh =
                stripe.canAsk(event.environment())
                        ? stripe.invoice(paid.source(), paid.id()).orElse(paid.invoice())
                        : paid.invoice();
        String text = fresh.path("metadata").path(RefundEvents.ORDER).asString("");
        var named = RefundEvents.order(text);
        var order =
                named == null ? null : ofAccount(event, orders.byId(event.environment(), named));
        if (order == null) {
            throw new Unreadable(Reason.CREDIT_NAMES_NO_ORDER.text(minor, RefundEvents.ORDER));
        }
        var credit = new Credit(Credit.Means.BALANCE, null, "");
        return refund(paid, id, order.paid().payment().reference(), minor, order.id(), credit);
    }

    private static @Nullable Order ofAccount(ReceivedEvent event, @Nullable Order order) {
        return order != null && order.paid().account().equals(event.account()) ? order : null;
    }

    private static Refund refund(
            Paid paid,
            String id,
            String reference,
            long minor,
            @Nullable OrderId order,
            Credit credit) {
        Currency currency = SessionFields.currency(paid.invoice());
        return new Refund(
                paid.event().account(),
                paid.event().environment(),
                id,
                reference,
                null,
                minor,
                currency,
                Refund.Status.SUCCEEDED,
                "",
                "",
                order,
                paid.event().id(),
                paid.at(),
                credit,
                GivenBack.OF_ALL);
    }
}
