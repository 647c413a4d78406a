package com.comptappart.stripe;

import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Reason;
import com.comptappart.order.Buyer;
import com.comptappart.order.SubscriptionState;
import com.comptappart.order.Subscriptions;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Reads a subscription, in the shapes of all API versions, for each partner that is in it. */
@Component
class SubscriptionReader {

    private final StripeApi stripe;
    private final InvoiceOrigin origins;
    private final Shares shares;
    private final Subscriptions subscriptions;

    SubscriptionReader(
            StripeApi stripe, InvoiceOrigin origins, Shares shares, Subscriptions subscriptions) {
        this.stripe = stripe;
        this.origins = origins;
        this.shares = shares;
        this.subscriptions = subscriptions;
    }

    /**
     * @param asOf when Stripe said so
     */
    List<SubscriptionState> read(
            ReceivedEvent event, JsonNode subscription, Source source, Instant asOf) {
        String id = SessionFields.id(subscription.path("id"), "id");
        var start = origins.start(event, id, source);
        var buyer = start == null ? customer(source, subscription) : start.buyer();
        return partners(subscription, source, start).stream()
                .map(partner ->
                        new SubscriptionState(
                                partner,
                                event.account(),
                                event.environment(),
                                id,
                                SessionFields.required(subscription, "status"),
                                periodEnd(subscription),
                                SessionFields.moment(subscription.path("cancel_at")),
                                SessionFields.moment(subscription.path("canceled_at")),
                                buyer,
                                asOf))
                .toList();
    }

    /**
     * What a subscription is now: as Stripe says when it is asked, else as it was last told.
     *
     * @throws StripeUnavailable when neither is known yet
     */
    List<SubscriptionState> current(ReceivedEvent event, String subscription, Source source) {
        var found = now(source, subscription);
        if (found.isPresent()) {
            return read(event, found.get(), source, event.created());
        }
        var known = subscriptions.known(event.account(), event.environment(), subscription);
        if (known.isEmpty()) {
            throw new StripeUnavailable(Reason.SUBSCRIPTION_UNKNOWN.text(subscription), null);
        }
        return known;
    }

    /** Whether another update of the same second is known. */
    boolean isTied(ReceivedEvent event, String subscription, String key) {
        return subscriptions.isTied(
                event.account(), event.environment(), subscription, event.created(), key);
    }

    /** The subscription as Stripe answers now; empty where it can't be asked or knows none. */
    Optional<JsonNode> now(Source source, String subscription) {
        return stripe.canAsk(source.environment())
                ? stripe.subscription(source, subscription)
                : Optional.empty();
    }

    private Set<PartnerId> partners(
            JsonNode subscription, Source source, @Nullable SessionMemory start) {
        String own = CartReader.word(subscription.path("metadata"));
        String otherwise =
                own.isEmpty() && start != null
                        ? start.metadata().getOrDefault("partner", "").strip()
                        : own;
        Set<PartnerId> partners = new LinkedHashSet<>();
        for (JsonNode item : subscription.path("items").path("data")) {
            String word = CartReader.word(product(source, item).path("metadata"));
            partners.add(shares.partner(source.account(), word.isEmpty() ? otherwise : word));
        }
        if (partners.isEmpty()) {
            partners.add(shares.partner(source.account(), otherwise));
        }
        return partners;
    }

    private JsonNode product(Source source, JsonNode item) {
        var price = item.path("price").isObject() ? item.path("price") : item.path("plan");
        var reference = price.path("product");
        String id = SessionFields.reference(reference, Reason.PRODUCT_OF_ITEM.text());
        if (reference.isObject() || id.isEmpty() || !stripe.canAsk(source.environment())) {
            return reference;
        }
        return stripe.product(source, id).orElse(reference);
    }

    /** Since 2025-03-31.basil each item has its own period; the last to end counts. */
    static @Nullable Instant periodEnd(JsonNode subscription) {
        var latest = SessionFields.moment(subscription.path("current_period_end"));
        for (JsonNode item : subscription.path("items").path("data")) {
            var end = SessionFields.moment(item.path("current_period_end"));
            latest = end != null && (latest == null || end.isAfter(latest)) ? end : latest;
        }
        return latest;
    }

    private @Nullable Buyer customer(Source source, JsonNode subscription) {
        var reference = subscription.path("customer");
        String id = SessionFields.reference(reference, "customer");
        if (reference.isObject()) {
            return SessionFields.buyerOfCustomer(reference);
        }
        if (id.isEmpty() || !stripe.canAsk(source.environment())) {
            return null;
        }
        return stripe.customer(source, id).map(SessionFields::buyerOfCustomer).orElse(null);
    }
}
