package com.comptappart.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/quotes}: offers that become an invoice or a subscription when they are accepted. */
final class Quotes {

    private static final Duration OPEN = Duration.ofDays(30);

    private final Store store;
    private final Events events;
    private final Agenda agenda;
    private final Prices prices;
    private final QuoteAcceptance acceptance;
    private final SessionMoney money;

    Quotes(Store store, Events events, Agenda agenda, Prices prices, QuoteAcceptance acceptance) {
        this.store = store;
        this.events = events;
        this.agenda = agenda;
        this.prices = prices;
        this.acceptance = acceptance;
        this.money = new SessionMoney(store);
    }

    void addTo(Routes routes) {
        routes.post("v1/quotes", this::create);
        routes.get("v1/quotes", this::list);
        routes.get("v1/quotes/*", call -> store.get(Kind.QUOTE, call.id()));
        routes.post("v1/quotes/*", call -> inItsTime(call, this::update));
        routes.get("v1/quotes/*/line_items", this::lineItems);
        routes.get("v1/quotes/*/computed_upfront_line_items", this::lineItems);
        routes.post("v1/quotes/*/finalize", call -> inItsTime(call, this::finalizeDraft));
        routes.post("v1/quotes/*/accept", call -> inItsTime(call, this::accept));
        routes.post("v1/quotes/*/cancel", call -> inItsTime(call, this::cancel));
    }

    private ObjectNode inItsTime(Call call, Routes.Action action) {
        return agenda.inTimeOf(store.get(Kind.QUOTE, call.id()), () -> action.answer(call));
    }

    private ObjectNode create(Call call) {
        Params params = call.params();
        ObjectNode quote = QuoteFields.blank();
        quote.put("id", Kind.QUOTE.newId());
        params.filled("customer").ifPresent(id -> setCustomer(quote, id));
        return agenda.inTimeOf(
                quote,
                () -> {
                    quote.put("created", store.now());
                    quote.put("expires_at", store.now() + OPEN.toSeconds());
                    QuoteFields.apply(store, params, quote);
                    List<ObjectNode> items = items(params);
                    params.refuseUnread();
                    price(quote, items);
                    store.putLineItems(quote.path("id").asString(), items);
                    store.put(Kind.QUOTE, quote);
                    var _ = events.record("quote.created", quote, call.cause());
                    return quote;
                });
    }

    private void setCustomer(ObjectNode quote, String id) {
        ObjectNode customer = Customers.referred(store, id, "customer");
        quote.put("customer", id);
        quote.set("test_clock", customer.path("test_clock"));
    }

    private List<ObjectNode> items(Params params) {
        if (!params.has("line_items")) {
            return List.of();
        }
        Map<String, Object> taken = params.taken(List.of("line_items"));
        taken.put("mode", Cart.modeOf(store, new Params(taken)));
        var asked = new Params(taken);
        var cart = new Cart(store, prices);
        cart.read(asked);
        asked.refuseUnread();
        cart.keepInlineObjects();
        return cart.items();
    }

    /** The sums of all lines, and of those that come back at each interval. */
    private void price(ObjectNode quote, List<ObjectNode> items) {
        AutomaticTax.Buyer buyer =
                store.find(Kind.CUSTOMER, quote.path("customer").asString(""))
                        .map(customer -> AutomaticTax.Buyer.of(store, customer))
                        .orElseGet(() -> new AutomaticTax.Buyer("", "none", false));
        if (!items.isEmpty()) {
            quote.set("currency", items.getFirst().path("currency"));
        }
        money.compute(quote, items, buyer);
        QuoteFields.showSums(quote, items);
    }

    private ObjectNode update(Call call) {
        Params params = call.params();
        ObjectNode kept = store.get(Kind.QUOTE, call.id());
        requireStatus(kept, "draft");
        ObjectNode quote = kept.deepCopy();
        params.filled("customer").ifPresent(id -> setCustomer(quote, id));
        QuoteFields.apply(store, params, quote);
        List<ObjectNode> items =
                params.has("line_items")
                        ? items(params)
                        : store.lineItems(call.id()).stream().map(ObjectNode::deepCopy).toList();
        params.refuseUnread();
        price(quote, items);
        store.putLineItems(call.id(), items);
        kept.setAll(quote);
        return kept;
    }

    private ObjectNode finalizeDraft(Call call) {
        ObjectNode quote = store.get(Kind.QUOTE, call.id());
        requireStatus(quote, "draft");
        call.params()
                .integer("expires_at")
                .ifPresent(at -> quote.put("expires_at", QuoteFields.future(store, at)));
        call.params().refuseUnread();
        if (!quote.path("customer").isString()) {
            throw Refusal.of(null, "customer", "A quote needs a customer to be finalized.");
        }
        if (store.lineItems(call.id()).isEmpty()) {
            throw Refusal.of(null, "line_items", "A quote needs line items to be finalized.");
        }
        quote.put("number", number());
        become(quote, "open", "finalized_at");
        var _ = events.record("quote.finalized", quote, call.cause());
        agenda.plan(quote, quote.path("expires_at").asLong(), () -> expire(quote));
        return quote;
    }

    private String number() {
        long finalized =
                store.newestFirst(Kind.QUOTE).stream()
                        .filter(quote -> quote.path("number").isString())
                        .count();
        return String.format(Locale.ROOT, "QT-SANDBOX-%04d-1", finalized + 1);
    }

    private void expire(ObjectNode quote) {
        if (quote.path("status").asString().equals("open")) {
            become(quote, "canceled", "canceled_at");
            var _ = events.record("quote.canceled", quote, Cause.NOT_THE_API);
        }
    }

    private ObjectNode accept(Call call) {
        call.params().refuseUnread();
        ObjectNode quote = store.get(Kind.QUOTE, call.id());
        requireStatus(quote, "open");
        acceptance.accept(quote, call.cause());
        become(quote, "accepted", "accepted_at");
        var _ = events.record("quote.accepted", quote, call.cause());
        return quote;
    }

    private ObjectNode cancel(Call call) {
        call.params().refuseUnread();
        ObjectNode quote = store.get(Kind.QUOTE, call.id());
        requireStatus(quote, "draft", "open");
        become(quote, "canceled", "canceled_at");
        var _ = events.record("quote.canceled", quote, call.cause());
        return quote;
    }

    private void become(ObjectNode quote, String status, String transition) {
        quote.put("status", status);
        ((ObjectNode) quote.path("status_transitions")).put(transition, store.now());
    }

    private static void requireStatus(ObjectNode quote, String... allowed) {
        String status = quote.path("status").asString();
        if (!List.of(allowed).contains(status)) {
            throw Refusal.of(
                    null,
                    null,
                    "This quote is `%s`; this can be done only to one that is %s."
                            .formatted(status, String.join(" or ", allowed)));
        }
    }

    private ObjectNode lineItems(Call call) {
        store.get(Kind.QUOTE, call.id());
        return Page.of(call, new ArrayList<>(store.lineItems(call.id())));
    }

    private ObjectNode list(Call call) {
        Predicate<ObjectNode> wanted =
                Page.equal(call.params(), "customer")
                        .and(Page.equal(call.params(), "status"))
                        .and(Page.equal(call.params(), "test_clock"));
        return Page.of(call, store.newestFirst(Kind.QUOTE).stream().filter(wanted).toList());
    }
}
