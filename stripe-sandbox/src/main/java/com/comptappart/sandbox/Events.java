package com.comptappart.sandbox;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What happened, frozen at that moment, and handed to the webhook endpoints that asked for it. */
final class Events {

    private static final int MOST_TYPES = 20;

    private final Map<String, CompletableFuture<Void>> underWay = new ConcurrentHashMap<>();
    private final Store store;
    private final WebhookEndpoints endpoints;
    private final Deliveries deliveries;
    private final Faults faults;

    Events(Store store, WebhookEndpoints endpoints, Deliveries deliveries, Faults faults) {
        this.store = store;
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.faults = faults;
    }

    void addTo(Routes routes) {
        routes.get("v1/events", this::list);
        routes.get("v1/events/*", call -> store.get(Kind.EVENT, call.id()));
    }

    /**
     * Keeps the event and sends it; done when each endpoint has answered its first call, well or
     * badly.
     */
    CompletableFuture<Void> record(String type, ObjectNode object, Cause cause) {
        return record(type, object, Json.object(), cause);
    }

    /** The same, with what the fields that changed held before. */
    CompletableFuture<Void> record(
            String type, ObjectNode object, ObjectNode previous, Cause cause) {
        List<String> receivers = endpoints.listeningTo(type);
        var event = Json.object();
        event.put("id", Kind.EVENT.newId());
        event.put("object", "event");
        event.put("api_version", ApiVersion.DAHLIA.date());
        event.put("created", store.now());
        var data = event.putObject("data");
        data.set("object", object.deepCopy());
        if (!previous.isEmpty()) {
            data.set("previous_attributes", previous.deepCopy());
        }
        event.put("livemode", false);
        event.put("pending_webhooks", receivers.size());
        event.putObject("request")
                .put("id", cause.requestId())
                .put("idempotency_key", cause.idempotencyKey());
        event.put("type", type);
        CompletableFuture<Void> answered = send(event, receivers);
        if (faults.take(Faults.Switch.SECOND_EVENT)) {
            ObjectNode second = event.deepCopy().put("id", Kind.EVENT.newId());
            return CompletableFuture.allOf(answered, send(second, receivers));
        }
        return answered;
    }

    private CompletableFuture<Void> send(ObjectNode event, List<String> receivers) {
        store.put(Kind.EVENT, event);
        CompletableFuture<Void> answered = deliver(event, receivers);
        String id = event.path("id").asString();
        underWay.put(id, answered);
        var _ = answered.whenComplete((_, _) -> underWay.remove(id));
        return answered;
    }

    /** The event of a change, which tells by itself what the changed fields were before. */
    CompletableFuture<Void> recordChange(
            String type, ObjectNode before, ObjectNode after, Cause cause) {
        var previous = Json.object();
        after.properties()
                .forEach(field -> {
                    JsonNode was = before.path(field.getKey());
                    if (!field.getValue().equals(was)) {
                        previous.set(field.getKey(), was.isMissingNode() ? null : was);
                    }
                });
        return record(type, after, previous, cause);
    }

    /** Done when every event that is on its way now has had its first answer. */
    CompletableFuture<Void> answered() {
        return CompletableFuture.allOf(underWay.values().toArray(CompletableFuture<?>[]::new));
    }

    CompletableFuture<Void> redeliver(String eventId) {
        ObjectNode event = store.get(Kind.EVENT, eventId);
        List<String> receivers = endpoints.listeningTo(event.path("type").asString());
        event.put("pending_webhooks", receivers.size());
        return deliver(event, receivers);
    }

    private CompletableFuture<Void> deliver(ObjectNode event, List<String> receivers) {
        String id = event.path("id").asString();
        return CompletableFuture.allOf(
                receivers.stream()
                        .map(endpoint -> deliveries.send(endpoint, id))
                        .toArray(CompletableFuture<?>[]::new));
    }

    private ObjectNode list(Call call) {
        Params params = call.params();
        List<String> types = params.texts("types");
        if (types.size() > MOST_TYPES) {
            throw Refusal.of(
                    null, "types", "You can only filter by up to %d types.".formatted(MOST_TYPES));
        }
        Predicate<ObjectNode> type = type(params, types);
        Predicate<ObjectNode> created = Page.created(params);
        Predicate<ObjectNode> delivered =
                params.flag("delivery_success")
                        .<Predicate<ObjectNode>>map(success ->
                                event -> success == (event.path("pending_webhooks").asInt() == 0))
                        .orElse(event -> true);
        return Page.of(
                call,
                store.newestFirst(Kind.EVENT).stream()
                        .filter(type.and(created).and(delivered))
                        .toList());
    }

    private static Predicate<ObjectNode> type(Params params, List<String> types) {
        Predicate<ObjectNode> one =
                params.filled("type")
                        .<Predicate<ObjectNode>>map(
                                wanted -> event -> fits(wanted, event.path("type").asString()))
                        .orElse(event -> true);
        return types.isEmpty()
                ? one
                : one.and(event -> types.contains(event.path("type").asString()));
    }

    /** {@code charge.*} stands for all events of charges. */
    static boolean fits(String wanted, String type) {
        return wanted.endsWith("*")
                ? type.startsWith(wanted.substring(0, wanted.length() - 1))
                : type.equals(wanted);
    }
}
