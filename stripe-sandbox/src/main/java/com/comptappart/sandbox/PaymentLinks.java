package com.comptappart.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/payment_links}: addresses that make a new Checkout session at each visit. A link keeps
 * what a session is asked for, and is proved good by drafting one.
 */
final class PaymentLinks {

    static final String PAGE = "/b/";

    /** What a link hands on to its sessions as it is. */
    private static final List<String> OF_SESSION =
            List.of(
                    "line_items",
                    "allow_promotion_codes",
                    "automatic_tax",
                    "billing_address_collection",
                    "custom_fields",
                    "custom_text",
                    "customer_creation",
                    "invoice_creation",
                    "payment_intent_data",
                    "payment_method_collection",
                    "payment_method_types",
                    "phone_number_collection",
                    "shipping_address_collection",
                    "shipping_options",
                    "submit_type",
                    "subscription_data",
                    "tax_id_collection");

    private final Store store;
    private final Prices prices;
    private final Events events;
    private final Sessions sessions;
    private final String baseUrl;
    private final Map<String, Map<String, Object>> requests = new LinkedHashMap<>();

    PaymentLinks(Store store, Prices prices, Events events, Sessions sessions, String baseUrl) {
        this.store = store;
        this.prices = prices;
        this.events = events;
        this.sessions = sessions;
        this.baseUrl = baseUrl;
    }

    void addTo(Routes routes) {
        routes.post("v1/payment_links", this::create);
        routes.get("v1/payment_links", this::list);
        routes.get("v1/payment_links/*", call -> store.get(Kind.PAYMENT_LINK, call.id()));
        routes.post("v1/payment_links/*", this::update);
        routes.get("v1/payment_links/*/line_items", this::lineItems);
    }

    private ObjectNode create(Call call) {
        Params params = call.params();
        ObjectNode link = PaymentLinkFields.blank();
        String id = Kind.PAYMENT_LINK.newId();
        link.put("id", id);
        link.put("url", baseUrl + PAGE + Ids.random("test_", 18));
        Map<String, Object> request = params.taken(OF_SESSION);
        requireKnownPrices(params);
        apply(params, link);
        List<ObjectNode> items = draft(link, request);
        params.refuseUnread();
        store.putLineItems(id, items);
        requests.put(id, request);
        store.put(Kind.PAYMENT_LINK, link);
        requests.keySet().removeIf(known -> store.find(Kind.PAYMENT_LINK, known).isEmpty());
        var _ = events.record("payment_link.created", link, call.cause());
        return link;
    }

    private ObjectNode update(Call call) {
        Params params = call.params();
        ObjectNode kept = store.get(Kind.PAYMENT_LINK, call.id());
        if (params.has("line_items")) {
            throw Refusal.notImitated("line_items", "other lines on a payment link that exists");
        }
        ObjectNode link = kept.deepCopy();
        var request = new LinkedHashMap<>(requestOf(kept));
        request.putAll(params.taken(OF_SESSION));
        request.values().removeIf(""::equals);
        params.flag("active").ifPresent(active -> link.put("active", active));
        apply(params, link);
        var _ = draft(link, request);
        params.refuseUnread();
        requests.put(call.id(), request);
        ObjectNode before = kept.deepCopy();
        kept.setAll(link);
        var _ = events.recordChange("payment_link.updated", before, kept, call.cause());
        return kept;
    }

    private static void apply(Params params, ObjectNode link) {
        params.child("after_completion")
                .ifPresent(given -> PaymentLinkFields.setAfterCompletion(given, link));
        params.text("inactive_message")
                .ifPresent(text -> link.put("inactive_message", text.isEmpty() ? null : text));
        params.metadataInto((ObjectNode) link.path("metadata"));
    }

    /** Inline prices would be made anew at each visit. */
    private static void requireKnownPrices(Params params) {
        for (Params line : params.childrenOf("line_items")) {
            if (line.has("price_data")) {
                throw Refusal.notImitated(
                        line.nameOf("price_data"), "inline prices on payment links");
            }
        }
    }

    /** Shows on the link what a session of this request would have. */
    private List<ObjectNode> draft(ObjectNode link, Map<String, Object> request) {
        var cart = new Cart(store, prices);
        var params = new Params(forSession(link, request));
        var draft = new NewSession(store, params);
        ObjectNode session = draft.read(cart);
        params.refuseUnread();
        PaymentLinkFields.show(
                link,
                session,
                draft.paymentIntentData(),
                params,
                SessionBilling.data(store, session));
        return cart.items();
    }

    private Map<String, Object> forSession(ObjectNode link, Map<String, Object> request) {
        var asked = new LinkedHashMap<>(request);
        asked.put("mode", Cart.modeOf(store, new Params(request)));
        asked.put("success_url", afterwards(link));
        return asked;
    }

    /** Where the buyer goes after the payment. */
    private static String afterwards(ObjectNode link) {
        return link.path("after_completion")
                .path("redirect")
                .path("url")
                .asString(link.path("url").asString() + "/done");
    }

    /** The link that an address leads to. */
    Optional<ObjectNode> at(String slug) {
        return store.newestFirst(Kind.PAYMENT_LINK).stream()
                .filter(link -> link.path("url").asString().equals(baseUrl + PAGE + slug))
                .findFirst()
                .map(ObjectNode::deepCopy);
    }

    /** A new session for a visitor, with what the address said about them. */
    ObjectNode visit(ObjectNode link, Map<String, String> query) {
        Map<String, Object> asked = forSession(link, requestOf(link));
        Optional.ofNullable(query.get("client_reference_id"))
                .filter(reference -> reference.matches("[A-Za-z0-9_-]{1,200}"))
                .ifPresent(reference -> asked.put("client_reference_id", reference));
        Optional.ofNullable(query.get("locked_prefilled_email"))
                .filter(PayForm::isEmail)
                .ifPresent(email -> asked.put("customer_email", email));
        ObjectNode session = sessions.open(new Params(asked));
        session.set("payment_link", link.path("id"));
        session.set("metadata", link.path("metadata").deepCopy());
        return session;
    }

    private Map<String, Object> requestOf(ObjectNode link) {
        return requests.getOrDefault(link.path("id").asString(), Map.of());
    }

    private ObjectNode list(Call call) {
        Predicate<ObjectNode> wanted = Page.equal(call.params(), "active");
        return Page.of(call, store.newestFirst(Kind.PAYMENT_LINK).stream().filter(wanted).toList());
    }

    private ObjectNode lineItems(Call call) {
        store.get(Kind.PAYMENT_LINK, call.id());
        return Page.of(call, store.lineItems(call.id()));
    }

    /** A custom field as a link shows it: nobody has answered. */
    static ArrayNode unanswered(ArrayNode fields) {
        ArrayNode copy = fields.deepCopy();
        for (var field : copy) {
            ((ObjectNode) field.path(field.path("type").asString())).remove("value");
        }
        return copy;
    }
}
