package com.comptappart.stripe;

import com.comptappart.kernel.Reason;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** A product or one of its prices changed: what is remembered of it is asked for again. */
@Component
class CatalogueEvents implements FactReader {

    private final StripeApi stripe;

    CatalogueEvents(StripeApi stripe) {
        this.stripe = stripe;
    }

    @Override
    public Set<String> types() {
        return Set.of(
                "product.created",
                "product.updated",
                "product.deleted",
                "price.created",
                "price.updated",
                "price.deleted");
    }

    @Override
    public Told read(ReceivedEvent event, JsonNode object, Source source) {
        boolean isPrice = event.type().startsWith("price.");
        var product = isPrice ? object.path("product") : object.path("id");
        if (isPrice) {
            stripe.forget(event.environment(), event.account(), object.path("id").asString(""));
        }
        stripe.forget(
                event.environment(),
                event.account(),
                SessionFields.reference(product, Reason.THE_PRODUCT.text()));
        return Told.nothing("");
    }
}
