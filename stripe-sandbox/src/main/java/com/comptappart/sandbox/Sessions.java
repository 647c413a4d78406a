package com.comptappart.sandbox;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/checkout/sessions}: reading, listing and expiring; {@link NewSession} makes them. */
final class Sessions {

    static final Duration LONGEST_OPEN = Duration.ofHours(24);

    private record Closing(long atSecond, String session) {}

    private final PriorityQueue<Closing> closings =
            new PriorityQueue<>(Comparator.comparingLong(Closing::atSecond));
    private final Store store;
    private final Prices prices;
    private final Events events;
    private final String baseUrl;

    Sessions(Store store, Prices prices, Events events, String baseUrl) {
        this.store = store;
        this.prices = prices;
        this.events = events;
        this.baseUrl = baseUrl;
    }

    void addTo(Routes routes) {
        routes.post("v1/checkout/sessions", this::create);
        routes.get("v1/checkout/sessions", this::list);
        routes.get("v1/checkout/sessions/*", call -> store.get(Kind.SESSION, call.id()));
        routes.get("v1/checkout/sessions/*/line_items", this::lineItems);
        routes.post("v1/checkout/sessions/*/expire", this::expire);
    }

    /** Closes the sessions whose time is over: called before each request and now and then. */
    void expireDue() {
        long now = store.now();
        while (!closings.isEmpty() && closings.peek().atSecond() <= now) {
            store.find(Kind.SESSION, closings.remove().session())
                    .filter(Sessions::isOpen)
                    .ifPresent(session -> expire(session, Cause.NOT_THE_API));
        }
    }

    private ObjectNode create(Call call) {
        return open(call.params());
    }

    ObjectNode open(Params params) {
        var cart = new Cart(store, prices);
        var draft = new NewSession(store, params);
        ObjectNode session = draft.read(cart);
        params.refuseUnread();
        cart.keepInlineObjects();
        String id = session.path("id").asString();
        session.put("url", baseUrl + "/c/pay/" + id);
        store.putLineItems(id, cart.items());
        store.putPaymentIntentData(id, draft.paymentIntentData());
        closings.add(new Closing(session.path("expires_at").asLong(), id));
        return store.put(Kind.SESSION, session);
    }

    private ObjectNode list(Call call) {
        Params params = call.params();
        Optional<String> email =
                params.child("customer_details").map(details -> details.required("email"));
        Predicate<ObjectNode> wanted =
                Page.created(params)
                        .and(Page.equal(params, "status"))
                        .and(Page.equal(params, "payment_intent"))
                        .and(Page.equal(params, "payment_link"))
                        .and(Page.equal(params, "customer"))
                        .and(Page.equal(params, "subscription"))
                        .and(session ->
                                email.isEmpty()
                                        || email.get()
                                                .equals(
                                                        session.path("customer_details")
                                                                .path("email")
                                                                .asString("")));
        return Page.of(call, store.newestFirst(Kind.SESSION).stream().filter(wanted).toList());
    }

    private ObjectNode lineItems(Call call) {
        store.get(Kind.SESSION, call.id());
        List<ObjectNode> items = store.lineItems(call.id());
        return Page.of(call, items);
    }

    private ObjectNode expire(Call call) {
        call.params().refuseUnread();
        ObjectNode session = store.get(Kind.SESSION, call.id());
        if (!isOpen(session)) {
            throw Refusal.of(
                    null,
                    null,
                    "Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout Session has a status of `%s`."
                            .formatted(session.path("status").asString()));
        }
        return expire(session, call.cause());
    }

    private ObjectNode expire(ObjectNode session, Cause cause) {
        session.put("status", "expired");
        session.putNull("url");
        var _ = events.record("checkout.session.expired", session, cause);
        return session;
    }

    static boolean isOpen(ObjectNode session) {
        return session.path("status").asString().equals("open");
    }
}
