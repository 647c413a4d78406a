package com.comptappart.stripe;

import com.comptappart.kernel.PartnerId;
import com.comptappart.order.PaidOrder;
import com.comptappart.partner.Partners;
import com.comptappart.partner.Sellers;
import com.comptappart.stripe.CartReader.Cart;
import com.comptappart.stripe.PaymentReader.Paid;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Turns a paid Checkout Session into one order for each partner of its cart; never guesses about
 * money.
 */
@Component
class CheckoutReader {

    private final CartReader carts;
    private final PaymentReader payments;
    private final StripeApi stripe;
    private final Partners partners;
    private final Sellers sellers;

    CheckoutReader(
            CartReader carts,
            PaymentReader payments,
            StripeApi stripe,
            Partners partners,
            Sellers sellers) {
        this.carts = carts;
        this.payments = payments;
        this.stripe = stripe;
        this.partners = partners;
        this.sellers = sellers;
    }

    /** What one partner sold in the session. */
    private static final class Share {
        private final List<Charged> lines = new ArrayList<>();
        private final Set<String> attentions = new LinkedHashSet<>();
    }

    /**
     * Reads a session that is paid.
     *
     * @throws Unreadable when something that money depends on is missing or does not add up
     * @throws StripeUnavailable when Stripe can't be asked now
     */
    List<PaidOrder> read(ReceivedEvent event, JsonNode session, Source source) {
        String id = SessionFields.id(session.path("id"), "id");
        SessionFields.currency(session);
        var cart = carts.read(source, session, id);
        var paid = payments.read(source, session, cart.fetched(), event.created());
        var shares = shares(withPartners(source, session, cart, paid));
        var orders = new ArrayList<PaidOrder>();
        shares.forEach((partner, share) -> orders.add(order(event, session, paid, partner, share)));
        return orders;
    }

    /** Lines whose product names no partner are the session's. */
    private List<Charged> withPartners(Source source, JsonNode session, Cart cart, Paid paid) {
        if (cart.lines().stream().noneMatch(line -> line.partner().isEmpty())) {
            return cart.lines();
        }
        String word = word(source, session, cart, paid);
        return cart.lines().stream()
                .map(line -> line.partner().isEmpty() ? line.withPartner(word) : line)
                .toList();
    }

    private String word(Source source, JsonNode session, Cart cart, Paid paid) {
        for (JsonNode object : List.of(session, cart.fetched(), paid.intent())) {
            String word = CartReader.word(object.path("metadata"));
            if (!word.isEmpty()) {
                return word;
            }
        }
        var link = session.path("payment_link");
        String id = SessionFields.reference(link, "payment_link");
        if (id.isEmpty() || link.isObject()) {
            return CartReader.word(link.path("metadata"));
        }
        return stripe.paymentLink(source, id)
                .map(found -> CartReader.word(found.path("metadata")))
                .orElse("");
    }

    /** An unknown slug and none at all are both unassigned: one share. */
    private Map<PartnerId, Share> shares(List<Charged> lines) {
        Map<PartnerId, Share> shares = new LinkedHashMap<>();
        for (Charged line : lines) {
            var found = line.partner().isEmpty() ? null : partners.resolve(line.partner());
            var partner = found == null ? PartnerId.UNASSIGNED : found.orElse(PartnerId.UNASSIGNED);
            var share = shares.computeIfAbsent(partner, _ -> new Share());
            share.lines.add(line);
            if (found != null && found.isEmpty()) {
                share.attentions.add("no partner has the id or slug '" + line.partner() + "'");
            }
            if (!line.attention().isEmpty()) {
                share.attentions.add(line.attention());
            }
        }
        return shares;
    }

    private PaidOrder order(
            ReceivedEvent event, JsonNode session, Paid paid, PartnerId partner, Share share) {
        var buyer = SessionFields.buyer(session);
        var coverage = Coverage.of(session.path("metadata"));
        if (!coverage.attention().isEmpty()) {
            share.attentions.add(coverage.attention());
        }
        if (!SessionFields.canBeWrittenTo(buyer)) {
            share.attentions.add("the buyer's email is no address: no mail can reach it");
        }
        return new PaidOrder(
                event.account(),
                event.environment(),
                SessionFields.id(session.path("id"), "id"),
                event.id(),
                partner,
                buyer,
                SessionFields.currency(session),
                LineTax.of(share.lines, sellers.sellerOf(partner, event.environment())),
                paid.payment(),
                "one_time",
                null,
                SessionFields.customFields(session),
                coverage.json(),
                SessionFields.metadata(session),
                String.join("; ", share.attentions));
    }
}
