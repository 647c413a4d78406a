package com.comptappart.demo;

import com.stripe.Stripe;
import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.checkout.Session;
import com.stripe.param.ProductCreateParams;
import com.stripe.param.ProductCreateParams.DefaultPriceData;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionCreateParams.CustomField;
import com.stripe.param.checkout.SessionCreateParams.CustomField.Dropdown;
import java.time.Clock;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the shop says to Stripe, with Stripe's own library. */
final class ShopStripe {

    private static final int READ_TIMEOUT_MILLIS = 15_000;

    static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private final StripeClient stripe;
    private final Clock clock;
    private final Map<Product, String> prices = new LinkedHashMap<>();

    static {
        Stripe.enableTelemetry = false;
    }

    ShopStripe(String apiBase, String apiKey, Clock clock) {
        this.clock = clock;
        stripe =
                StripeClient.builder()
                        .setApiBase(apiBase)
                        .setApiKey(apiKey)
                        .setReadTimeout(READ_TIMEOUT_MILLIS)
                        .build();
    }

    /** Puts the products on sale: their metadata says whose they are. */
    void sell(String partner) {
        for (Product product : Product.ALL) {
            var wanted =
                    ProductCreateParams.builder()
                            .setName(product.name())
                            .setDescription(product.description())
                            .putMetadata("partner", partner)
                            .putAllMetadata(product.metadata())
                            .setDefaultPriceData(price(product))
                            .build();
            try {
                prices.put(product, stripe.v1().products().create(wanted).getDefaultPrice());
            } catch (StripeException refused) {
                throw new IllegalStateException(
                        "the sandbox doesn't take " + product.path(), refused);
            }
        }
    }

    private static DefaultPriceData price(Product product) {
        var price =
                DefaultPriceData.builder().setCurrency("eur").setUnitAmount(product.priceCents());
        if (product.isSubscription()) {
            price.setRecurring(
                    DefaultPriceData.Recurring.builder()
                            .setInterval(DefaultPriceData.Recurring.Interval.YEAR)
                            .build());
        }
        return price.build();
    }

    /** The address of a payment page for one piece. */
    String checkout(Product product, String successUrl, String cancelUrl, boolean english) {
        var wanted =
                SessionCreateParams.builder()
                        .setMode(SessionCreateParams.Mode.PAYMENT)
                        .setLocale(
                                english
                                        ? SessionCreateParams.Locale.EN
                                        : SessionCreateParams.Locale.FR)
                        .setSuccessUrl(successUrl)
                        .setCancelUrl(cancelUrl)
                        .addLineItem(
                                SessionCreateParams.LineItem.builder()
                                        .setPrice(prices.get(product))
                                        .setQuantity(1L)
                                        .build());
        var question = product.question();
        if (question != null) {
            wanted.addCustomField(asked(question, english));
        }
        if (product.isSubscription()) {
            subscribe(wanted);
        }
        try {
            return stripe.v1().checkout().sessions().create(wanted.build()).getUrl();
        } catch (StripeException refused) {
            throw new IllegalStateException("the sandbox makes no payment page", refused);
        }
    }

    /** The metadata go to the subscription as well, where they can be changed later. */
    private void subscribe(SessionCreateParams.Builder wanted) {
        int year = clock.instant().atZone(PARIS).getYear();
        String coverage = Property.coverage(year, List.of(Property.BORDEAUX));
        wanted.setMode(SessionCreateParams.Mode.SUBSCRIPTION)
                .putMetadata("coverage", coverage)
                .setSubscriptionData(
                        SessionCreateParams.SubscriptionData.builder()
                                .setTrialPeriodDays(Product.TRIAL_DAYS)
                                .putMetadata("coverage", coverage)
                                .build());
    }

    /** The subscription that a session began. */
    ShopSubscription subscription(String sessionId) {
        String id = session(sessionId).map(Session::getSubscription).orElse(null);
        if (id == null) {
            throw new IllegalStateException("the session " + sessionId + " began no subscription");
        }
        return new ShopSubscription(stripe, id);
    }

    /** The session of that id, if it is one. */
    Optional<Session> session(String id) {
        if (!id.matches("cs_test_[A-Za-z0-9]{1,100}")) {
            return Optional.empty();
        }
        try {
            return Optional.of(stripe.v1().checkout().sessions().retrieve(id));
        } catch (StripeException unknown) {
            return Optional.empty();
        }
    }

    private static CustomField asked(Question question, boolean english) {
        var choices = Dropdown.builder();
        for (Question.Choice choice : question.choices()) {
            choices.addOption(
                    Dropdown.Option.builder()
                            .setLabel(english ? choice.inEnglish() : choice.label())
                            .setValue(choice.value())
                            .build());
        }
        return CustomField.builder()
                .setKey(question.key())
                .setLabel(
                        CustomField.Label.builder()
                                .setType(CustomField.Label.Type.CUSTOM)
                                .setCustom(english ? question.inEnglish() : question.label())
                                .build())
                .setType(CustomField.Type.DROPDOWN)
                .setDropdown(choices.build())
                .build();
    }
}
