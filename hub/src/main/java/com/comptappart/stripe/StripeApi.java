package com.comptappart.stripe;

import com.comptappart.kernel.Environment;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** What we ask Stripe for, as few calls as it takes. */
@Component
class StripeApi {

    private static final int PAGE = 100;
    private static final int MAX_PAGES = 50;
    private static final int MAX_REMEMBERED = 10_000;
    private static final Duration REMEMBER_FOR = Duration.ofMinutes(5);

    /** A product that was asked for; no record, because each asking is itself only. */
    private static final class Remembered {
        private final CompletableFuture<Optional<JsonNode>> product = new CompletableFuture<>();
        private final Instant until;

        private Remembered(Instant until) {
            this.until = until;
        }
    }

    private final StripeCalls calls;
    private final Clock clock;
    private final Map<String, Remembered> products = new ConcurrentHashMap<>();

    StripeApi(StripeCalls calls, Clock clock) {
        this.calls = calls;
        this.clock = clock;
    }

    boolean canAsk(Environment environment) {
        return calls.canAsk(environment);
    }

    /** A session with its lines, their products and its charge, where Stripe expands them. */
    Optional<JsonNode> session(Source source, String id) {
        return calls.get(
                source,
                "/v1/checkout/sessions/"
                        + encode(id)
                        + "?expand[]=line_items.data.price.product"
                        + "&expand[]=line_items.data.taxes"
                        + "&expand[]=payment_intent.latest_charge");
    }

    /** The lines of a session that follow that one; all of them where it is empty. */
    List<JsonNode> lineItems(Source source, String session, String following) {
        var items = new ArrayList<JsonNode>();
        String after = following;
        for (int page = 0; page < MAX_PAGES; page++) {
            String path =
                    "/v1/checkout/sessions/"
                            + encode(session)
                            + "/line_items?limit="
                            + PAGE
                            + (after.isEmpty() ? "" : "&starting_after=" + encode(after))
                            + "&expand[]=data.price.product&expand[]=data.taxes";
            var list =
                    calls.get(source, path)
                            .orElseThrow(() ->
                                    new Unreadable("Stripe does not know the session " + session));
            list.path("data").forEach(items::add);
            if (!list.path("has_more").asBoolean(false) || list.path("data").isEmpty()) {
                return items;
            }
            after = SessionFields.id(items.getLast().path("id"), "the id of a line");
        }
        throw new Unreadable(
                "the session " + session + " has more than " + PAGE * MAX_PAGES + " lines");
    }

    /**
     * A product, remembered for some minutes or until Stripe says that it changed; those who want
     * one at the same time share a call.
     */
    Optional<JsonNode> product(Source source, String id) {
        String key = key(source.environment(), source.account(), id);
        var now = clock.instant();
        if (products.size() > MAX_REMEMBERED) {
            products.clear();
        }
        var mine = new Remembered(now.plus(REMEMBER_FOR));
        var known =
                products.compute(
                        key,
                        (_, former) ->
                                former != null && now.isBefore(former.until) ? former : mine);
        if (known == mine) {
            fetch(source, id, key, mine);
        }
        try {
            return known.product.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StripeUnavailable unavailable) {
                throw unavailable;
            }
            if (e.getCause() instanceof Unreadable unreadable) {
                throw unreadable;
            }
            throw e;
        }
    }

    private void fetch(Source source, String id, String key, Remembered mine) {
        try {
            var found = calls.get(source, "/v1/products/" + encode(id));
            if (found.isEmpty()) {
                products.remove(key, mine);
            }
            mine.product.complete(found);
        } catch (RuntimeException e) {
            products.remove(key, mine);
            mine.product.completeExceptionally(e);
        }
    }

    void forgetProduct(Environment environment, String account, String id) {
        products.remove(key(environment, account, id));
    }

    /** A payment intent with its latest charge, where Stripe expands it. */
    Optional<JsonNode> paymentIntent(Source source, String id) {
        return calls.get(source, "/v1/payment_intents/" + encode(id) + "?expand[]=latest_charge");
    }

    Optional<JsonNode> charge(Source source, String id) {
        return calls.get(source, "/v1/charges/" + encode(id));
    }

    Optional<JsonNode> paymentLink(Source source, String id) {
        return calls.get(source, "/v1/payment_links/" + encode(id));
    }

    private static String key(Environment environment, String account, String id) {
        return environment.code() + " " + account + " " + id;
    }

    private static String encode(String text) {
        return StripePath.encode(text);
    }
}
