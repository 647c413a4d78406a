package com.comptappart.stripe;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Money;
import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Reason;
import com.comptappart.kernel.Refused;
import com.comptappart.stripe.CheckoutForm.Sold;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Makes Checkout Sessions and remembers what they sell. */
@Component
public class CheckoutSessions {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> KEPT_METADATA = List.of("partner", "vat_rate", "nature");

    private final StripeCalls calls;
    private final StripeApi stripe;
    private final PartnerSource sources;
    private final CheckoutSessionRows rows;

    CheckoutSessions(
            StripeCalls calls, StripeApi stripe, PartnerSource sources, CheckoutSessionRows rows) {
        this.calls = calls;
        this.stripe = stripe;
        this.sources = sources;
        this.rows = rows;
    }

    /**
     * Makes a session for the partner's own products; under the same key once. If the process dies
     * between Stripe's answer and our memory of it, the repeat remembers it, or the payment's
     * reader asks Stripe.
     *
     * @throws Refused when a price is not the partner's to sell, or Stripe refuses
     * @throws StripeUnavailable when Stripe does not answer
     */
    public CheckoutSession create(
            PartnerId partner, Environment environment, NewCheckout wanted, String stripeKey) {
        return PartnerSource.asking(() -> {
            var source = sources.of(partner, environment);
            var sold = sold(partner, source, wanted);
            var form = CheckoutForm.of(partner, wanted, mode(wanted, sold));
            var session = calls.post(source, "/v1/checkout/sessions", form, stripeKey);
            String id = SessionFields.id(session.path("id"), "id");
            var lines = lines(session, sold);
            if (lines != null) {
                rows.remember(partner, source, id, lines);
            }
            return shown(id, session);
        });
    }

    private List<Sold> sold(PartnerId partner, Source source, NewCheckout wanted) {
        var sold = new ArrayList<Sold>();
        for (var item : wanted.items()) {
            var price = stripe.price(source, item.price()).orElseThrow(() -> unknown(item));
            String id =
                    SessionFields.reference(price.path("product"), Reason.PRODUCT_OF_PRICE.text());
            var product = stripe.product(source, id).orElseThrow(() -> unknown(item));
            if (!sources.maySell(partner, product)) {
                throw unknown(item);
            }
            sold.add(new Sold(price, product));
        }
        return sold;
    }

    /** Somebody else's price is none: the caller learns nothing of it. */
    private static Refused unknown(NewCheckout.Item item) {
        return Refused.notFound(
                "price_not_found",
                "there is no price "
                        + item.price()
                        + " that this partner may sell: its product's 'partner' metadata must name"
                        + " the partner, or nobody");
    }

    private static String mode(NewCheckout wanted, List<Sold> sold) {
        boolean recurring = sold.stream().anyMatch(Sold::isRecurring);
        String needed = recurring ? "subscription" : "payment";
        if (wanted.mode() != null && !wanted.mode().equals(needed)) {
            throw Refused.invalid(
                    "mode_invalid",
                    recurring
                            ? "mode: 'subscription', because a price is recurring"
                            : "mode: 'payment', because no price is recurring");
        }
        return needed;
    }

    /**
     * The lines with their products, as the reader of the payment wants them; null unless whole.
     */
    private static @Nullable ObjectNode lines(JsonNode session, List<Sold> sold) {
        var given = session.path("line_items");
        if (given.path("data").isEmpty() || given.path("has_more").asBoolean(false)) {
            return null;
        }
        var lines = JSON.createObjectNode();
        lines.put("currency", session.path("currency").asString(""));
        var data = lines.putArray("data");
        for (JsonNode item : given.path("data")) {
            String product =
                    SessionFields.reference(
                            item.path("price").path("product"), Reason.PRODUCT_OF_LINE.text());
            var of =
                    sold.stream()
                            .map(Sold::product)
                            .filter(each -> each.path("id").asString("").equals(product))
                            .findFirst();
            if (of.isEmpty()) {
                return null;
            }
            var line = data.addObject();
            for (String field :
                    List.of("id", "description", "quantity", "amount_tax", "amount_total")) {
                line.set(field, item.path(field));
            }
            var kept = line.putObject("price").putObject("product");
            kept.put("id", product);
            kept.set("name", of.get().path("name"));
            var metadata = kept.putObject("metadata");
            for (String key : KEPT_METADATA) {
                if (of.get().path("metadata").has(key)) {
                    metadata.set(key, of.get().path("metadata").path(key));
                }
            }
        }
        return lines;
    }

    private static CheckoutSession shown(String id, JsonNode session) {
        String currency = session.path("currency").asString("");
        Money total =
                currency.matches("[a-z]{3}") && session.path("amount_total").isIntegralNumber()
                        ? new Money(
                                session.path("amount_total").longValue(),
                                Currency.ofStripe(currency))
                        : null;
        var expires = session.path("expires_at");
        return new CheckoutSession(
                id,
                SessionFields.required(session, "url"),
                SessionFields.required(session, "mode"),
                total,
                expires.isIntegralNumber() ? Instant.ofEpochSecond(expires.longValue()) : null);
    }
}
