package com.comptappart.stripe;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Money;
import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The prices that a partner may sell at, asked of Stripe where they are kept. */
@Component
public class Catalogue {

    private static final int MOST_PAGES = 5;
    private static final String PRICES =
            "/v1/prices?active=true&limit=" + StripePages.PAGE + "&expand[]=data.product";

    /**
     * A price.
     *
     * @param amount null where it depends on the quantity or on the buyer
     * @param interval {@code month}, {@code year}, …; empty where it is paid once
     */
    public record Offer(String price, String product, @Nullable Money amount, String interval) {}

    private final StripeCalls calls;
    private final StripeApi stripe;
    private final PartnerSource sources;

    Catalogue(StripeCalls calls, StripeApi stripe, PartnerSource sources) {
        this.calls = calls;
        this.stripe = stripe;
        this.sources = sources;
    }

    /** Whether there is a key to ask Stripe with. */
    public boolean isOpen(Environment environment) {
        return stripe.canAsk(environment);
    }

    /**
     * The active prices of products that name the partner, or nobody; newest first, those of the
     * account's newest five hundred.
     *
     * @throws StripeUnavailable when Stripe does not answer
     */
    public List<Offer> offers(PartnerId partner, Environment environment) {
        return PartnerSource.asking(() -> {
            var source = sources.of(partner, environment);
            var pages =
                    new StripePages(
                            calls,
                            () -> source,
                            PRICES,
                            Reason.THE_LIST.text(PRICES),
                            "",
                            MOST_PAGES);
            var offers = new ArrayList<Offer>();
            for (int page = 0; page < MOST_PAGES && pages.hasNext(); page++) {
                for (JsonNode price : pages.next()) {
                    add(offers, partner, source, price);
                }
            }
            return List.copyOf(offers);
        });
    }

    private void add(List<Offer> offers, PartnerId partner, Source source, JsonNode price) {
        var product = product(source, price.path("product"));
        if (product.path("active").asBoolean(true) && sources.maySell(partner, product)) {
            offers.add(
                    new Offer(
                            SessionFields.id(price.path("id"), "id"),
                            product.path("name").asString(""),
                            amount(price),
                            price.path("recurring").path("interval").asString("")));
        }
    }

    /** As it was expanded, else as it is asked for. */
    private JsonNode product(Source source, JsonNode reference) {
        if (reference.isObject()) {
            return reference;
        }
        String id = SessionFields.reference(reference, Reason.PRODUCT_OF_PRICE.text());
        return stripe.product(source, id).orElse(reference);
    }

    private static @Nullable Money amount(JsonNode price) {
        String currency = price.path("currency").asString("");
        return price.path("unit_amount").isIntegralNumber() && currency.matches("[a-z]{3}")
                ? new Money(price.path("unit_amount").longValue(), Currency.ofStripe(currency))
                : null;
    }
}
