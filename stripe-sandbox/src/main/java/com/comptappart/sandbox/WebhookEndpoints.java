package com.comptappart.sandbox;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Where events are sent; the secret is told once, when the endpoint is made. */
final class WebhookEndpoints {

    private static final int MOST_ENDPOINTS = 16;

    private final Store store;
    private final Map<String, String> secrets = new HashMap<>();

    WebhookEndpoints(Store store) {
        this.store = store;
    }

    void addTo(Routes routes) {
        routes.post("v1/webhook_endpoints", this::create);
        routes.get("v1/webhook_endpoints", this::list);
        routes.get("v1/webhook_endpoints/*", call -> endpoint(call.id()));
        routes.post("v1/webhook_endpoints/*", this::update);
        routes.delete("v1/webhook_endpoints/*", this::delete);
    }

    /** Adds an endpoint for all events. */
    ObjectNode add(String url) {
        return add(url, List.of("*"));
    }

    List<String> listeningTo(String type) {
        return store.newestFirst(Kind.WEBHOOK_ENDPOINT).stream()
                .filter(WebhookEndpoints::isEnabled)
                .filter(endpoint -> wants(endpoint, type))
                .map(endpoint -> endpoint.path("id").asString())
                .toList();
    }

    /** Where an endpoint is, or its id when it is gone. */
    String address(String id) {
        return store.find(Kind.WEBHOOK_ENDPOINT, id)
                .map(endpoint -> endpoint.path("url").asString())
                .orElse(id);
    }

    /** Address and secret, unless the endpoint is gone or disabled. */
    Optional<Target> target(String id) {
        return store.find(Kind.WEBHOOK_ENDPOINT, id)
                .filter(WebhookEndpoints::isEnabled)
                .map(endpoint ->
                        new Target(
                                endpoint.path("url").asString(),
                                secret(id),
                                ApiVersion.ofTrain(endpoint.path("api_version").asString(""))));
    }

    record Target(String url, String secret, ApiVersion version) {}

    private ObjectNode create(Call call) {
        Params params = call.params();
        String url = params.url("url").orElseThrow(() -> Refusal.missing("url"));
        List<String> events = enabledEvents(params);
        if (events.isEmpty()) {
            throw Refusal.missing("enabled_events");
        }
        Optional<ApiVersion> version =
                params.filled("api_version").map(WebhookEndpoints::renderedVersion);
        if (params.flag("connect").orElse(false)) {
            throw Refusal.notImitated("connect", "connected accounts");
        }
        Optional<String> description = params.text("description");
        var metadata = Json.object();
        params.metadataInto(metadata);
        params.refuseUnread();
        if (store.newestFirst(Kind.WEBHOOK_ENDPOINT).size() >= MOST_ENDPOINTS) {
            throw Refusal.of(
                    null,
                    null,
                    "You have reached the maximum of %d test webhook endpoints."
                            .formatted(MOST_ENDPOINTS));
        }
        ObjectNode made = add(url, events);
        ObjectNode kept = endpoint(made.path("id").asString());
        description.ifPresent(text -> kept.put("description", text));
        version.ifPresent(asked -> kept.put("api_version", asked.date()));
        kept.set("metadata", metadata);
        ObjectNode told = kept.deepCopy();
        told.put("secret", made.path("secret").asString());
        return told;
    }

    private ObjectNode add(String url, List<String> events) {
        ObjectNode endpoint =
                Json.object(
                        """
                        {"id": "", "object": "webhook_endpoint", "api_version": null, "application": null,
                         "created": 0, "description": null, "enabled_events": [], "livemode": false,
                         "metadata": {}, "status": "enabled", "url": ""}
                        """);
        String id = Kind.WEBHOOK_ENDPOINT.newId();
        endpoint.put("id", id);
        endpoint.put("created", store.now());
        setEvents(endpoint, events);
        endpoint.put("url", url);
        store.put(Kind.WEBHOOK_ENDPOINT, endpoint);
        secrets.put(id, Ids.random("whsec_", 32));
        return endpoint.deepCopy().put("secret", secret(id));
    }

    private ObjectNode list(Call call) {
        return Page.of(call, store.newestFirst(Kind.WEBHOOK_ENDPOINT));
    }

    private ObjectNode update(Call call) {
        Params params = call.params();
        ObjectNode endpoint = endpoint(call.id());
        Optional<String> url = params.url("url");
        Optional<Boolean> disabled = params.flag("disabled");
        Optional<String> description = params.text("description");
        List<String> events = enabledEvents(params);
        var metadata = (ObjectNode) endpoint.path("metadata").deepCopy();
        params.metadataInto(metadata);
        params.refuseUnread();
        url.ifPresent(text -> endpoint.put("url", text));
        disabled.ifPresent(off -> endpoint.put("status", off ? "disabled" : "enabled"));
        description.ifPresent(text -> endpoint.put("description", text));
        if (!events.isEmpty()) {
            setEvents(endpoint, events);
        }
        endpoint.set("metadata", metadata);
        return endpoint;
    }

    private ObjectNode delete(Call call) {
        call.params().refuseUnread();
        endpoint(call.id());
        store.remove(Kind.WEBHOOK_ENDPOINT, call.id());
        secrets.remove(call.id());
        return Json.object()
                .put("id", call.id())
                .put("object", "webhook_endpoint")
                .put("deleted", true);
    }

    private ObjectNode endpoint(String id) {
        return store.get(Kind.WEBHOOK_ENDPOINT, id);
    }

    private String secret(String id) {
        String secret = secrets.get(id);
        if (secret == null) {
            throw new IllegalStateException("endpoint " + id + " has no secret");
        }
        return secret;
    }

    private static List<String> enabledEvents(Params params) {
        List<String> events = params.texts("enabled_events");
        for (String event : events) {
            if (!event.matches("\\*|[a-z0-9_]+(\\.[a-z0-9_]+)+")) {
                throw Refusal.of(
                        null, "enabled_events", "Invalid enabled_events: '%s'".formatted(event));
            }
        }
        return events;
    }

    private static void setEvents(ObjectNode endpoint, List<String> events) {
        var array = endpoint.putArray("enabled_events");
        events.forEach(array::add);
    }

    private static ApiVersion renderedVersion(String date) {
        return ApiVersion.of(date)
                .orElseThrow(() ->
                        Refusal.of(
                                null,
                                "api_version",
                                "This sandbox writes events in %s only, not in '%s'."
                                        .formatted(ApiVersion.all(), date)));
    }

    private static boolean isEnabled(ObjectNode endpoint) {
        return endpoint.path("status").asString().equals("enabled");
    }

    private static boolean wants(ObjectNode endpoint, String type) {
        for (JsonNode event : endpoint.path("enabled_events")) {
            if (event.asString().equals("*") || event.asString().equals(type)) {
                return true;
            }
        }
        return false;
    }
}
