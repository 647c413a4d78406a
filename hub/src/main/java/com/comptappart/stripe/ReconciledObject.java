package com.comptappart.stripe;

import com.comptappart.kernel.Reason;
import com.comptappart.stripe.StripePlaces.Place;
import com.stripe.Stripe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Kinds of objects that Stripe and we must both hold, and in the same status. */
enum ReconciledObject {
    SESSION("/v1/checkout/sessions?status=complete", Duration.ofDays(3)),
    INVOICE("/v1/invoices?status=paid", Duration.ofDays(3)),
    /** A bank may send a refund back for a month, and a buyer be asked for an account as long. */
    REFUND("/v1/refunds?", Duration.ofDays(60)),
    /** Banks take up to three months to decide. */
    DISPUTE("/v1/disputes?", Duration.ofDays(120));

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> CLOSED = Set.of("won", "lost", "warning_closed", "prevented");

    /** In the order in which a refund moves. */
    private static final List<String> OF_REFUNDS =
            List.of("pending", "succeeded", "failed", "canceled");

    private final String path;
    private final Duration back;

    ReconciledObject(String path, Duration back) {
        this.path = path;
        this.back = back;
    }

    /** The list of them, with a query. */
    String path() {
        return path;
    }

    /** How old an object may be that still moves without an event. */
    Duration back() {
        return back;
    }

    /** How the types of the events begin that tell of them. */
    List<String> types() {
        return switch (this) {
            case SESSION -> List.of("checkout.session.");
            case INVOICE -> List.of("invoice.");
            case REFUND -> List.of("refund.", "charge.refund");
            case DISPUTE -> List.of("charge.dispute.");
        };
    }

    /** Whether it should be a fact of ours. */
    boolean concernsUs(JsonNode object) {
        return switch (this) {
            // Where Stripe is the seller, nothing of it is ours.
            case SESSION ->
                    object.path("mode").asString("").equals("payment")
                            && !object.path("managed_payments").path("enabled").asBoolean(false);
            // A trial begins with an invoice over nothing at all, which is none.
            case INVOICE ->
                    object.path("total").asLong(0) != 0 || object.path("subtotal").asLong(0) != 0;
            case REFUND, DISPUTE -> true;
        };
    }

    /**
     * Whether Stripe's object has moved on since we were told of it.
     *
     * @param ours the status in which we know it
     */
    boolean isBehind(String ours, JsonNode object) {
        String status = object.path("status").asString("");
        return switch (this) {
            // Known and not paid yet, or no more.
            case SESSION -> !ours.isEmpty() && isPaid(object);
            case INVOICE -> false;
            case REFUND -> OF_REFUNDS.indexOf(status) > OF_REFUNDS.indexOf(ours);
            case DISPUTE ->
                    !ours.equals(status) && (!CLOSED.contains(ours) || CLOSED.contains(status));
        };
    }

    /** Whether it is about a payment, which may be none of our sales. */
    boolean isOfPayment() {
        return this == REFUND || this == DISPUTE;
    }

    /** Whether the money of a session is there, or none is due. */
    static boolean isPaid(JsonNode session) {
        return Set.of("paid", "no_payment_required")
                .contains(session.path("payment_status").asString(""));
    }

    /**
     * The event that Stripe would have sent; one for each status, where what it tells of has one.
     *
     * @param known we have a fact of it, in another status
     */
    ReceivedEvent event(Place place, JsonNode object, boolean known, Instant now) {
        String id = id(object, known);
        String type = type(object, known);
        var created = created(object, type, now);
        var event = JSON.createObjectNode();
        event.put("id", id).put("object", "event").put("type", type);
        event.put("api_version", Stripe.API_VERSION);
        event.put("created", created.getEpochSecond());
        event.put("livemode", place.environment().livemode());
        if (!place.account().isEmpty()) {
            event.put("account", place.account());
        }
        event.putObject("data").set("object", object);
        return new ReceivedEvent(
                place.account(),
                place.environment(),
                id,
                type,
                Stripe.API_VERSION,
                created,
                event.toString().getBytes(StandardCharsets.UTF_8));
    }

    private String id(JsonNode object, boolean known) {
        String id = "reconciled_" + SessionFields.id(object.path("id"), Reason.ID_IN_LIST.text());
        return switch (this) {
            case SESSION -> isPaid(object) ? id : id + (known ? "_failed" : "_unpaid");
            case INVOICE -> id;
            case REFUND, DISPUTE -> id + "_" + SessionFields.required(object, "status");
        };
    }

    /** When a dispute closed or a delayed payment ended they don't say: by now. */
    private static Instant created(JsonNode object, String type, Instant now) {
        var created = SessionFields.moment(object.path("created"));
        boolean isLate = type.equals("charge.dispute.closed") || type.contains(".async_payment_");
        return created == null || isLate ? now.truncatedTo(ChronoUnit.SECONDS) : created;
    }

    private String type(JsonNode object, boolean known) {
        return switch (this) {
            case SESSION -> {
                if (!known) {
                    yield "checkout.session.completed";
                }
                yield "checkout.session.async_payment_" + (isPaid(object) ? "succeeded" : "failed");
            }
            case INVOICE -> "invoice.paid";
            case REFUND -> "refund.updated";
            case DISPUTE -> {
                if (CLOSED.contains(object.path("status").asString(""))) {
                    yield "charge.dispute.closed";
                }
                yield known ? "charge.dispute.updated" : "charge.dispute.created";
            }
        };
    }
}
