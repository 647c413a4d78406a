package com.comptappart.stripe;

import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Reason;
import com.comptappart.order.Credit;
import com.comptappart.order.GivenBack;
import com.comptappart.order.Order;
import com.comptappart.order.PaidObjects;
import com.comptappart.order.Refund;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Stripe's credit notes on paid invoices: what of them is neither a refund, of which Stripe tells
 * apart, is a credit on the customer's balance, or was given back outside of Stripe. What one takes
 * off before the payment, the invoice tells itself.
 */
@Component
class CreditNoteEvents implements FactReader {

    private final PaidObjects orders;
    private final SessionMemories memories;
    private final CreditedLines lines;
    private final StripeApi stripe;
    private final Clock clock;

    CreditNoteEvents(
            PaidObjects orders,
            SessionMemories memories,
            CreditedLines lines,
            StripeApi stripe,
            Clock clock) {
        this.orders = orders;
        this.memories = memories;
        this.lines = lines;
        this.stripe = stripe;
        this.clock = clock;
    }

    @Override
    public Set<String> types() {
        return Set.of("credit_note.created");
    }

    @Override
    public Told read(ReceivedEvent event, JsonNode note, Source source) {
        long refunded = refunded(note, source);
        long credited = Math.subtractExact(afterPayment(note), refunded);
        if (credited <= 0) {
            boolean before = afterPayment(note) == 0;
            return Told.nothing(
                    (before ? Reason.CREDIT_BEFORE_PAYMENT : Reason.CREDIT_IS_REFUND).text());
        }
        String invoice = SessionFields.id(note.path("invoice"), "invoice");
        var paid = paid(event, invoice);
        if (paid.isEmpty() && AwaitsOrder.mayStillCome(event, clock.instant())) {
            throw new AwaitsOrder(invoice);
        }
        if (paid.isEmpty()) {
            return Told.ignored(Reason.PAYMENT_NO_SALE.text());
        }
        var sale =
                new CreditedLines.Sale(
                        event.account(),
                        invoice,
                        paid.stream().map(order -> order.paid().partner()).toList(),
                        paid.getFirst().paid().metadata().getOrDefault("partner", "").strip());
        var byProduct = lines.byProduct(source, sale, List.of(note));
        var shares = lines.share(source, sale, byProduct, credited);
        var products = GivenBack.ofProducts(CreditedLines.named(byProduct));
        return Told.of(
                Facts.ofRefunds(
                        credits(event, note, paid.getFirst(), credited, shares).stream()
                                .map(each -> each.with(products))
                                .toList()));
    }

    /** By means and by partner, where it says so; each with an id of its own. */
    private static List<Refund> credits(
            ReceivedEvent event,
            JsonNode note,
            Order order,
            long credited,
            Map<PartnerId, Long> shares) {
        long elsewhere =
                Math.clamp(SessionFields.signedOrZero(note, "out_of_band_amount"), 0, credited);
        var parts = new LinkedHashMap<@Nullable PartnerId, Long>();
        if (shares.isEmpty()) {
            parts.put(null, credited);
        } else {
            parts.putAll(shares);
        }
        var credits = new ArrayList<Refund>();
        long outside = elsewhere;
        for (var part : parts.entrySet()) {
            long ofOutside = Math.min(outside, part.getValue());
            outside -= ofOutside;
            var given = new EnumMap<Credit.Means, Long>(Credit.Means.class);
            given.put(Credit.Means.BALANCE, part.getValue() - ofOutside);
            given.put(Credit.Means.OUT_OF_BAND, ofOutside);
            given.forEach((means, minor) -> {
                if (minor > 0) {
                    var credit = new Credit(means, part.getKey(), order.paid().stripeObject());
                    credits.add(credit(event, note, order, minor, credit, credits.size()));
                }
            });
        }
        return credits;
    }

    /** An invoice of a session for one payment made no orders of its own: the session did. */
    private List<Order> paid(ReceivedEvent event, String invoice) {
        String sold =
                memories.sessionOf(event.account(), event.environment(), invoice).orElse(invoice);
        return orders.ofObject(event.account(), event.environment(), sold);
    }

    private static long afterPayment(JsonNode note) {
        if (note.path("post_payment_amount").isNumber()) {
            return SessionFields.amount(note, "post_payment_amount");
        }
        return note.path("type").asString("").equals("post_payment")
                ? SessionFields.amount(note, "total")
                : 0;
    }

    /** Up to 2024 a credit note named its one refund, and not how much of it. */
    private long refunded(JsonNode note, Source source) {
        long sum = 0;
        for (JsonNode each : note.path("refunds")) {
            sum = Math.addExact(sum, SessionFields.amount(each, "amount_refunded"));
        }
        var refund = note.path("refund");
        String id = SessionFields.reference(refund, "refund");
        if (sum > 0 || id.isEmpty()) {
            return sum;
        }
        var whole =
                refund.isObject()
                        ? refund
                        : stripe.refund(source, id)
                                .orElseThrow(() -> new Unreadable(Reason.STRIPE_UNKNOWS.text(id)));
        return SessionFields.amount(whole, "amount");
    }

    private static Refund credit(
            ReceivedEvent event,
            JsonNode note,
            Order order,
            long minor,
            Credit credit,
            int before) {
        String id = SessionFields.id(note.path("id"), "id");
        return new Refund(
                event.account(),
                event.environment(),
                before == 0 ? id : id + "/" + (before + 1),
                order.paid().payment().reference(),
                null,
                minor,
                SessionFields.currency(note),
                Refund.Status.SUCCEEDED,
                Clean.line(note.path("reason").asString("")),
                "",
                null,
                event.id(),
                Objects.requireNonNullElse(
                        SessionFields.moment(note.path("created")), event.created()),
                credit,
                GivenBack.OF_ALL);
    }
}
