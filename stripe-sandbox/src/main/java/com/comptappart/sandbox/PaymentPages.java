package com.comptappart.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The payment page as an API, which Stripe's own command line uses to play a buyer. */
final class PaymentPages {

    private final Store store;
    private final Checkout checkout;

    PaymentPages(Store store, Checkout checkout) {
        this.store = store;
        this.checkout = checkout;
    }

    void addTo(Routes routes) {
        routes.get("v1/payment_pages/*", call -> store.get(Kind.SESSION, call.id()));
        routes.post("v1/payment_pages/*/confirm", this::confirm);
    }

    private ObjectNode confirm(Call call) {
        Params params = call.params();
        ObjectNode session = store.get(Kind.SESSION, call.id());
        String id = params.required("payment_method");
        ObjectNode method = store.referred(Kind.PAYMENT_METHOD, id, "payment_method");
        var expected = params.integer("expected_amount");
        Optional<String> delivery = params.filled("shipping_rate");
        params.refuseUnread();
        Buyer buyer = buyer(session, method.path("billing_details"));
        ship(session, delivery, buyer);
        long total = session.path("amount_total").asLong();
        if (expected.isPresent() && expected.getAsLong() != total) {
            throw Refusal.of(null, "expected_amount", "The amount to pay is %d.".formatted(total));
        }
        String type = method.path("type").asString();
        if (!Json.texts(session.path("payment_method_types")).contains(type)) {
            throw Refusal.of(null, "payment_method", "This session takes no %s.".formatted(type));
        }
        return switch (checkout.pay(call.id(), method, buyer, Map.of())) {
            case Checkout.Paid _, Checkout.Challenged _ -> session;
            case Checkout.Declined declined ->
                    throw Refusal.declined(
                            declined.why(),
                            store.get(
                                    Kind.PAYMENT_INTENT,
                                    session.path("payment_intent").asString()));
            case Checkout.NotPossible _, Checkout.NotAuthenticated _ ->
                    throw Refusal.of(null, null, "This Checkout Session is not open any more.");
        };
    }

    private void ship(ObjectNode session, Optional<String> rate, Buyer buyer) {
        if (rate.isPresent()
                && !checkout.deliverBy(session.path("id").asString(), rate.get(), buyer)) {
            throw Refusal.noSuchParam(Kind.SHIPPING_RATE, rate.get(), "shipping_rate");
        }
        if (SessionShipping.asksWhere(session)
                && !SessionShipping.delivers(session, buyer.address().country())) {
            throw Refusal.of(
                    null,
                    "billing_details[address][country]",
                    "This shop doesn't deliver to %s.".formatted(buyer.address().country()));
        }
    }

    /** An address that the shop gave stays, whatever the payment method says, as on Checkout. */
    private static Buyer buyer(JsonNode session, JsonNode billing) {
        JsonNode address = billing.path("address");
        String given = session.path("customer_email").asString("");
        return new Buyer(
                given.isEmpty() ? required(billing, "email", "billing_details[email]") : given,
                billing.path("name").asString(""),
                textOrNull(billing, "phone"),
                new Buyer.Address(
                        required(address, "line1", "billing_details[address][line1]"),
                        textOrNull(address, "line2"),
                        address.path("postal_code").asString(""),
                        address.path("city").asString(""),
                        required(address, "country", "billing_details[address][country]")),
                null,
                List.of());
    }

    private static String required(JsonNode from, String name, String param) {
        if (!from.path(name).isString()) {
            throw Refusal.missing(param);
        }
        return from.path(name).asString();
    }

    private static @Nullable String textOrNull(JsonNode from, String name) {
        return from.path(name).isString() ? from.path(name).asString() : null;
    }
}
