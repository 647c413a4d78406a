package com.comptappart.stripe;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Reason;
import com.comptappart.partner.Partners;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Where a partner's things are at Stripe, and which of them are its own. */
@Component
class PartnerSource {

    /** Longer than one answer may take, shorter than a caller's patience. */
    private static final Duration WITHIN = Duration.ofSeconds(20);

    private final Partners partners;
    private final StripeApi stripe;
    private final Clock clock;

    PartnerSource(Partners partners, StripeApi stripe, Clock clock) {
        this.partners = partners;
        this.stripe = stripe;
        this.clock = clock;
    }

    /** The partner's connected account, else our own. */
    Source of(PartnerId partner, Environment environment) {
        String account = partners.find(partner).map(found -> found.stripeAccount()).orElse("");
        return of(partner, environment, account);
    }

    Source of(PartnerId partner, Environment environment, String account) {
        return new Source(environment, account, clock.instant().plus(WITHIN), partner.value());
    }

    /** Whether a product names the partner, or none. */
    boolean maySell(PartnerId partner, JsonNode product) {
        String word = CartReader.word(product.path("metadata"));
        return word.isEmpty() || partners.resolve(word).equals(Optional.of(partner));
    }

    /**
     * Whether a subscription is the partner's: its metadata says so, else its products do; else, on
     * the partner's own account, it is.
     */
    boolean owns(PartnerId partner, Source source, JsonNode subscription) {
        String word = CartReader.word(subscription.path("metadata"));
        for (JsonNode item : subscription.path("items").path("data")) {
            if (!word.isEmpty()) {
                break;
            }
            var product = item.path("price").path("product");
            word = CartReader.word(product(source, product).path("metadata"));
        }
        var owner = word.isEmpty() ? partners.ofAccount(source.account()) : partners.resolve(word);
        return owner.equals(Optional.of(partner));
    }

    private JsonNode product(Source source, JsonNode reference) {
        String id = SessionFields.reference(reference, Reason.PRODUCT_OF_ITEM.text());
        return reference.isObject() || id.isEmpty()
                ? reference
                : stripe.product(source, id).orElse(reference);
    }

    /** Asks for a caller of our API: what we can't read is no mistake of the caller's. */
    static <T> T asking(Supplier<T> question) {
        try {
            return question.get();
        } catch (Unreadable e) {
            throw new StripeUnavailable(e.reason(), null);
        }
    }
}
