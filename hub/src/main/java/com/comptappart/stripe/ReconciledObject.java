package com.comptappart.stripe;

import com.comptappart.stripe.StripePlaces.Place;
import com.stripe.Stripe;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Kinds of objects that Stripe and we must both hold. */
enum ReconciledObject {
    SESSION,
    INVOICE,
    REFUND,
    DISPUTE;

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> CLOSED = Set.of("won", "lost", "warning_closed", "prevented");

    /** Whether it should be a fact of ours. */
    boolean concernsUs(JsonNode object) {
        return switch (this) {
            case SESSION ->
                    object.path("mode").asString("").equals("payment")
                            && Set.of("paid", "no_payment_required")
                                    .contains(object.path("payment_status").asString(""));
            // A trial begins with an invoice over nothing at all, which is none.
            case INVOICE ->
                    object.path("total").asLong(0) != 0 || object.path("subtotal").asLong(0) != 0;
            case REFUND, DISPUTE -> true;
        };
    }

    /** The event that Stripe would have sent. */
    ReceivedEvent event(Place place, JsonNode object, Instant now) {
        String id = "reconciled_" + SessionFields.id(object.path("id"), "the id in a list");
        var created = SessionFields.moment(object.path("created"));
        var event = JSON.createObjectNode();
        event.put("id", id).put("object", "event").put("type", type(object));
        event.put("api_version", Stripe.API_VERSION);
        event.put("created", (created == null ? now : created).getEpochSecond());
        event.put("livemode", place.environment().livemode());
        if (!place.account().isEmpty()) {
            event.put("account", place.account());
        }
        event.putObject("data").set("object", object);
        return new ReceivedEvent(
                place.account(),
                place.environment(),
                id,
                type(object),
                Stripe.API_VERSION,
                created == null ? now : created,
                event.toString().getBytes(StandardCharsets.UTF_8));
    }

    private String type(JsonNode object) {
        return switch (this) {
            case SESSION -> "checkout.session.completed";
            case INVOICE -> "invoice.paid";
            case REFUND -> "refund.updated";
            case DISPUTE ->
                    CLOSED.contains(object.path("status").asString(""))
                            ? "charge.dispute.closed"
                            : "charge.dispute.created";
        };
    }
}
