package com.comptappart.stripe;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Refused;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Opens Stripe's customer portal, where a buyer sees and ends subscriptions. */
@Component
public class PortalSessions {

    private final StripeCalls calls;
    private final StripeApi stripe;
    private final PartnerSource sources;

    PortalSessions(StripeCalls calls, StripeApi stripe, PartnerSource sources) {
        this.calls = calls;
        this.stripe = stripe;
        this.sources = sources;
    }

    /** A portal that a buyer can be sent to, once and soon. */
    public record PortalSession(String id, String url) {}

    /**
     * Whose portal: either of both.
     *
     * @param subscriptionId {@code sub_…}
     */
    public record Wanted(
            @Nullable String subscriptionId, @Nullable String customerEmail, String returnUrl) {
        public Wanted {
            if ((subscriptionId == null) == (customerEmail == null)) {
                throw Refused.invalid(
                        "field_missing", "give subscription_id or customer_email, one of them");
            }
            NewCheckout.checkUrl("return_url", returnUrl);
        }
    }

    /**
     * Opens the portal of a customer, all of whose subscriptions are the partner's: the portal
     * shows them all.
     *
     * @throws Refused when there is no such customer of the partner
     * @throws StripeUnavailable when Stripe does not answer
     */
    public PortalSession create(
            PartnerId partner, Environment environment, Wanted wanted, String stripeKey) {
        return PartnerSource.asking(() -> {
            var source = sources.of(partner, environment);
            String customer = customer(partner, source, wanted);
            var form =
                    new StripeForm()
                            .with("customer", customer)
                            .with("return_url", wanted.returnUrl());
            var session = calls.post(source, "/v1/billing_portal/sessions", form, stripeKey);
            return new PortalSession(
                    SessionFields.id(session.path("id"), "id"),
                    SessionFields.required(session, "url"));
        });
    }

    private String customer(PartnerId partner, Source source, Wanted wanted) {
        String subscription = wanted.subscriptionId();
        if (subscription != null) {
            return stripe.subscription(source, subscription)
                    .filter(found -> sources.owns(partner, source, found))
                    .map(found -> SessionFields.reference(found.path("customer"), "customer"))
                    .filter(customer -> ownsAll(partner, source, customer))
                    .orElseThrow(() ->
                            Refused.notFound(
                                    "subscription_not_found",
                                    "there is no subscription " + subscription));
        }
        String email = String.valueOf(wanted.customerEmail());
        // Stripe compares addresses letter by letter; people write theirs in either case.
        return Stream.of(email, email.toLowerCase(Locale.ROOT))
                .distinct()
                .flatMap(written -> stripe.customers(source, written).stream())
                .map(found -> SessionFields.id(found.path("id"), "id"))
                .filter(customer -> ownsAll(partner, source, customer))
                .findFirst()
                .orElseThrow(() ->
                        Refused.notFound(
                                "customer_not_found",
                                "no customer with this address has a subscription of this partner"));
    }

    private boolean ownsAll(PartnerId partner, Source source, String customer) {
        if (customer.isEmpty()) {
            return false;
        }
        List<JsonNode> all = stripe.subscriptionsOf(source, customer);
        return !all.isEmpty() && all.stream().allMatch(each -> sources.owns(partner, source, each));
    }
}
