package com.comptappart.sandbox;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The payment page as an API, which Stripe's own command line uses to play a buyer. */
final class PaymentPages {

    private record Ready(Payments.Card card, Buyer buyer) {}

    private final Store store;
    private final Payments payments;
    private final Checkout checkout;
    private final Map<String, Ready> ready = new HashMap<>();

    PaymentPages(Store store, Payments payments, Checkout checkout) {
        this.store = store;
        this.payments = payments;
        this.checkout = checkout;
    }

    void addTo(Routes routes) {
        routes.post("v1/payment_methods", this::createMethod);
        routes.get("v1/payment_pages/*", call -> store.get(Kind.SESSION, call.id()));
        routes.post("v1/payment_pages/*/confirm", this::confirm);
    }

    private ObjectNode createMethod(Call call) {
        Params params = call.params();
        if (params.oneOf("type", "card").isEmpty()) {
            throw Refusal.missing("type");
        }
        Params card = params.child("card").orElseThrow(() -> Refusal.missing("card"));
        if (card.has("number")) {
            throw Refusal.of(
                    null,
                    "card[number]",
                    "This sandbox takes no card numbers by API; use a token such as tok_visa.");
        }
        String token = card.required("token");
        TestCard kind =
                TokenCards.of(token)
                        .orElseThrow(() -> Refusal.notImitated("card[token]", "`" + token + "`"));
        Buyer buyer = buyer(params);
        params.refuseUnread();
        var expiry =
                YearMonth.from(Instant.ofEpochSecond(store.now()).atZone(ZoneOffset.UTC))
                        .plusYears(1);
        var typed = new Payments.Card(kind, expiry.getMonthValue(), expiry.getYear(), null);
        ObjectNode method = payments.method(typed, buyer);
        String id = method.path("id").asString();
        var kept = new Payments.Card(kind, expiry.getMonthValue(), expiry.getYear(), id);
        ready.put(id, new Ready(kept, buyer));
        return method;
    }

    private ObjectNode confirm(Call call) {
        Params params = call.params();
        ObjectNode session = store.get(Kind.SESSION, call.id());
        String method = params.required("payment_method");
        var expected = params.integer("expected_amount");
        params.refuseUnread();
        Ready with =
                Optional.ofNullable(ready.get(method))
                        .orElseThrow(() ->
                                Refusal.noSuchParam(Kind.PAYMENT_METHOD, method, "payment_method"));
        long total = session.path("amount_total").asLong();
        if (expected.isPresent() && expected.getAsLong() != total) {
            throw Refusal.of(null, "expected_amount", "The amount to pay is %d.".formatted(total));
        }
        return switch (checkout.pay(call.id(), with.card(), with.buyer(), Map.of())) {
            case Checkout.Paid _ -> session;
            case Checkout.Declined declined -> throw Refusal.declined(declined.why());
            case Checkout.NotPossible _ ->
                    throw Refusal.of(null, null, "This Checkout Session is not open any more.");
        };
    }

    private static Buyer buyer(Params params) {
        if (!params.has("billing_details")) {
            return Payer.of(Json.object());
        }
        Params billing = params.child("billing_details").orElseThrow();
        Params address =
                billing.child("address")
                        .orElseThrow(() -> Refusal.missing("billing_details[address]"));
        address.text("state"); // read, and dropped: the page doesn't ask for it
        return new Buyer(
                billing.required("email"),
                billing.text("name").orElse(""),
                billing.filled("phone").orElse(null),
                new Buyer.Address(
                        address.required("line1"),
                        address.filled("line2").orElse(null),
                        address.text("postal_code").orElse(""),
                        address.text("city").orElse(""),
                        address.required("country")),
                null,
                List.of());
    }
}
