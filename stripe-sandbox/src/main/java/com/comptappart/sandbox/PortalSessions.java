package com.comptappart.sandbox;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/billing_portal}: links by which a customer looks after their subscriptions. */
final class PortalSessions {

    static final String PAGE = "/p/session/";
    private static final Duration OPEN = Duration.ofHours(1);
    private static final String SECRET = "secret";

    private final Store store;
    private final Events events;
    private final String baseUrl;

    PortalSessions(Store store, Events events, String baseUrl) {
        this.store = store;
        this.events = events;
        this.baseUrl = baseUrl;
    }

    void addTo(Routes routes) {
        routes.post("v1/billing_portal/sessions", this::create);
        routes.post("v1/billing_portal/configurations", this::createConfiguration);
        routes.post("v1/billing_portal/configurations/*", this::updateConfiguration);
        routes.get(
                "v1/billing_portal/configurations",
                call -> Page.of(call, store.newestFirst(Kind.PORTAL_CONFIGURATION)));
        routes.get(
                "v1/billing_portal/configurations/*",
                call -> store.get(Kind.PORTAL_CONFIGURATION, call.id()));
    }

    /** The session that a link's last part opens, unless its hour is over. */
    Optional<ObjectNode> opened(String secret) {
        return store.newestFirst(Kind.PORTAL_SESSION).stream()
                .filter(session ->
                        store.aside(session.path("id").asString(), SECRET)
                                .asString("")
                                .equals(secret))
                .filter(session ->
                        session.path("created").asLong() + OPEN.toSeconds() > store.now())
                .findFirst();
    }

    private ObjectNode create(Call call) {
        Params params = call.params();
        String customer = params.required("customer");
        Customers.referred(store, customer, "customer");
        if (params.has("flow_data")) {
            throw Refusal.notImitated("flow_data", "flows of the billing portal");
        }
        Optional<String> configuration = params.filled("configuration");
        configuration.ifPresent(
                id -> store.referred(Kind.PORTAL_CONFIGURATION, id, "configuration"));
        var session = Json.object();
        session.put("id", Kind.PORTAL_SESSION.newId());
        session.put("object", "billing_portal.session");
        session.put("configuration", configuration.orElseGet(this::defaultConfiguration));
        session.put("created", store.now());
        session.put("customer", customer);
        session.putNull("customer_account");
        session.putNull("flow");
        session.put("livemode", false);
        session.put("locale", params.filled("locale").orElse(null));
        session.putNull("on_behalf_of");
        session.put("return_url", params.url("return_url").orElse(null));
        params.refuseUnread();
        String secret = Ids.random("test_", 40);
        store.putAside(session.path("id").asString(), SECRET, Json.text(secret));
        session.put("url", baseUrl + PAGE + secret);
        store.put(Kind.PORTAL_SESSION, session);
        var _ = events.record("billing_portal.session.created", session, call.cause());
        return session;
    }

    private String defaultConfiguration() {
        return store.newestFirst(Kind.PORTAL_CONFIGURATION).stream()
                .filter(one -> one.path("is_default").asBoolean())
                .findFirst()
                .orElseGet(() -> newConfiguration(true))
                .path("id")
                .asString();
    }

    private ObjectNode createConfiguration(Call call) {
        Params params = call.params();
        Optional<String> returnUrl = params.url("default_return_url");
        var metadata = Json.object();
        params.metadataInto(metadata);
        var profile = Json.object();
        params.child("business_profile").ifPresent(given -> readProfile(given, profile));
        params.child("features").ifPresent(PortalSessions::requireUsual);
        params.refuseUnread();
        ObjectNode configuration = newConfiguration(false);
        configuration.put("default_return_url", returnUrl.orElse(null));
        configuration.set("metadata", metadata);
        ((ObjectNode) configuration.path("business_profile")).setAll(profile);
        var _ = events.record("billing_portal.configuration.created", configuration, call.cause());
        return configuration;
    }

    private ObjectNode updateConfiguration(Call call) {
        Params params = call.params();
        ObjectNode kept = store.get(Kind.PORTAL_CONFIGURATION, call.id());
        ObjectNode changed = kept.deepCopy();
        params.flag("active").ifPresent(active -> changed.put("active", active));
        params.url("default_return_url").ifPresent(url -> changed.put("default_return_url", url));
        params.child("business_profile")
                .ifPresent(
                        given -> readProfile(given, (ObjectNode) changed.path("business_profile")));
        params.child("features").ifPresent(PortalSessions::requireUsual);
        params.metadataInto((ObjectNode) changed.path("metadata"));
        params.refuseUnread();
        changed.put("updated", store.now());
        ObjectNode before = kept.deepCopy();
        kept.setAll(changed);
        var _ =
                events.recordChange(
                        "billing_portal.configuration.updated", before, kept, call.cause());
        return kept;
    }

    private static void readProfile(Params given, ObjectNode profile) {
        given.filled("headline").ifPresent(text -> profile.put("headline", text));
        for (String name : List.of("privacy_policy_url", "terms_of_service_url")) {
            given.url(name).ifPresent(url -> profile.put(name, url));
        }
    }

    /** What the page does anyway may be asked for; anything else is refused by its name. */
    private static void requireUsual(Params features) {
        for (String name :
                List.of(
                        "subscription_cancel",
                        "payment_method_update",
                        "invoice_history",
                        "subscription_update")) {
            features.child(name)
                    .filter(given -> !given.flag("enabled").orElse(false))
                    .ifPresent(given -> {
                        throw Refusal.notImitated(
                                given.nameOf("enabled"),
                                "portals that don't cancel, or don't change quantities and cards");
                    });
        }
    }

    private ObjectNode newConfiguration(boolean isDefault) {
        ObjectNode configuration =
                Json.object(
                        """
                        {"id": "", "object": "billing_portal.configuration", "active": true,
                         "application": null,
                         "business_profile": {"headline": null, "privacy_policy_url": null,
                           "terms_of_service_url": null},
                         "created": 0, "default_return_url": null,
                         "features": {"customer_update": {"allowed_updates": [], "enabled": false},
                           "invoice_history": {"enabled": true},
                           "payment_method_update": {"enabled": true},
                           "subscription_cancel": {"cancellation_reason": {"enabled": false, "options": []},
                             "enabled": true, "mode": "at_period_end", "proration_behavior": "none"},
                           "subscription_update": {"default_allowed_updates": ["quantity"], "enabled": true,
                             "products": null, "proration_behavior": "create_prorations"}},
                         "is_default": false, "livemode": false, "login_page": {"enabled": false, "url": null},
                         "metadata": {}, "name": null, "updated": 0}
                        """);
        configuration.put("id", Kind.PORTAL_CONFIGURATION.newId());
        configuration.put("created", store.now());
        configuration.put("updated", store.now());
        configuration.put("is_default", isDefault);
        return store.put(Kind.PORTAL_CONFIGURATION, configuration);
    }
}
