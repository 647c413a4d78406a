package com.comptappart.stripe;

import com.comptappart.kernel.PartnerId;
import com.comptappart.order.PaidOrder;
import com.comptappart.partner.Sellers;
import com.comptappart.stripe.CartReader.Cart;
import com.comptappart.stripe.PaymentReader.Paid;
import java.util.ArrayList;
import java.util.List;
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
    private final Shares shares;
    private final Sellers sellers;

    CheckoutReader(
            CartReader carts,
            PaymentReader payments,
            StripeApi stripe,
            Shares shares,
            Sellers sellers) {
        this.carts = carts;
        this.payments = payments;
        this.stripe = stripe;
        this.shares = shares;
        this.sellers = sellers;
    }

    /**
     * Reads what a session sold, paid or not yet.
     *
     * @throws Unreadable when something that money depends on is missing or does not add up
     * @throws StripeUnavailable when Stripe can't be asked now
     */
    List<PaidOrder> read(ReceivedEvent event, JsonNode session, Source source) {
        String id = SessionFields.id(session.path("id"), "id");
        SessionFields.currency(session);
        var cart = carts.read(source, session, id);
        var paid =
                cart.remembered()
                        ? payments.readIfQuick(source, session, event.created())
                        : payments.read(source, session, cart.fetched(), event.created());
        if (event.type().equals("checkout.session.async_payment_succeeded")) {
            // The charge was made days before; the money is there since now.
            paid = paid.at(event.created());
        }
        var shares = this.shares.of(event.account(), withPartners(source, session, cart, paid));
        var orders = new ArrayList<PaidOrder>();
        for (var share : shares.entrySet()) {
            orders.add(order(event, session, paid, share.getKey(), share.getValue()));
        }
        return orders;
    }

    /** Lines whose product names no partner are the session's. */
    private List<Charged> withPartners(Source source, JsonNode session, Cart cart, Paid paid) {
        if (cart.lines().stream().noneMatch(Charged::isNobodys)) {
            return cart.lines();
        }
        return Charged.withPartner(cart.lines(), word(source, session, cart, paid));
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

    private PaidOrder order(
            ReceivedEvent event,
            JsonNode session,
            Paid paid,
            PartnerId partner,
            Shares.Share share) {
        var buyer = SessionFields.buyer(session);
        var coverage = Coverage.of(session.path("metadata").path("coverage").asString(""));
        share.attend(coverage.attention());
        BuyerGaps.of(buyer).forEach(share::attend);
        var sale =
                new SaleVat(
                        sellers.sellerOf(partner, event.environment()),
                        buyer,
                        SessionFields.delivery(session),
                        session.path("customer_details").path("tax_exempt").asString("none"),
                        ProductVat.exemption(
                                session.path("metadata").path("vat_exemption").asString("")),
                        SessionFields.currency(session));
        var taxed = LineTax.of(share.lines(), sale);
        taxed.attention().forEach(share::attend);
        return new PaidOrder(
                event.account(),
                event.environment(),
                SessionFields.id(session.path("id"), "id"),
                event.id(),
                partner,
                buyer,
                sale.currency(),
                taxed.lines(),
                paid.payment(),
                "one_time",
                null,
                SessionFields.customFields(session),
                coverage.json(),
                SessionFields.metadata(session),
                share.attention(),
                sale.delivery());
    }
}
