package com.comptappart.stripe;

import com.comptappart.order.SubscriptionFact;
import com.comptappart.order.SubscriptionFact.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The life of subscriptions, told to partners; money is the business of their invoices. */
@Component
class SubscriptionEvents implements FactReader {

    private static final Map<String, Kind> KINDS =
            Map.of(
                    "customer.subscription.created", Kind.CREATED,
                    "customer.subscription.updated", Kind.UPDATED,
                    "customer.subscription.paused", Kind.UPDATED,
                    "customer.subscription.resumed", Kind.UPDATED,
                    "customer.subscription.deleted", Kind.CANCELED);

    private final SubscriptionReader subscriptions;

    SubscriptionEvents(SubscriptionReader subscriptions) {
        this.subscriptions = subscriptions;
    }

    @Override
    public Set<String> types() {
        return KINDS.keySet();
    }

    @Override
    public Told read(ReceivedEvent event, JsonNode subscription, Source source) {
        var kind = KINDS.get(event.type());
        if (kind == null) {
            throw new IllegalArgumentException("not an event of subscriptions: " + event.type());
        }
        String key = kind == Kind.UPDATED ? fingerprint(subscription) : "";
        var states = subscriptions.read(event, subscription, source, event.created());
        return Told.of(
                Facts.ofSubscriptions(
                        states.stream()
                                .map(state -> new SubscriptionFact(kind, state, event.id(), key))
                                .toList()));
    }

    /** Two events for one change hold the same object to the letter. */
    private static String fingerprint(JsonNode subscription) {
        return UUID.nameUUIDFromBytes(subscription.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
