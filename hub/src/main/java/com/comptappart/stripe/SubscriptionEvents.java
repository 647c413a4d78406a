package com.comptappart.stripe;

import com.comptappart.order.SubscriptionFact;
import com.comptappart.order.SubscriptionFact.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
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
    private final Clock clock;

    SubscriptionEvents(SubscriptionReader subscriptions, Clock clock) {
        this.subscriptions = subscriptions;
        this.clock = clock;
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
        String id = SessionFields.id(subscription.path("id"), "id");
        boolean asks = kind == Kind.UPDATED && subscriptions.isTied(event, id, key);
        var askedAt = asks ? clock.instant() : null;
        var now = asks ? subscriptions.now(source, id).orElse(subscription) : subscription;
        return Told.of(
                Facts.ofSubscriptions(
                        subscriptions.read(event, now, source, event.created()).stream()
                                .map(state ->
                                        new SubscriptionFact(
                                                kind,
                                                state,
                                                event.id(),
                                                event.created(),
                                                key,
                                                askedAt))
                                .toList()));
    }

    /** Two events for one change hold the same object to the letter. */
    private static String fingerprint(JsonNode subscription) {
        return UUID.nameUUIDFromBytes(subscription.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
