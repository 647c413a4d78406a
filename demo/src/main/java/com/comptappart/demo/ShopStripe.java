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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the shop says to Stripe, with Stripe's own library. */
final class ShopStripe {

    private static final int READ_TIMEOUT_MILLIS = 15_000;

    private final StripeClient stripe;
    private final Map<Product, String> prices = new LinkedHashMap<>();

    static {
        Stripe.enableTelemetry = false;
    }

    ShopStripe(String apiBase, String apiKey) {
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
                            .setDefaultPriceData(
                                    DefaultPriceData.builder()
                                            .setCurrency("eur")
                                            .setUnitAmount(product.priceCents())
                                            .build())
                            .build();
            try {
                prices.put(product, stripe.v1().products().create(wanted).getDefaultPrice());
            } catch (StripeException refused) {
                throw new IllegalStateException(
                        "the sandbox doesn't take " + product.path(), refused);
            }
        }
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
        if (product.asksTaxYear()) {
            wanted.addCustomField(taxYear(english));
        }
        try {
            return stripe.v1().checkout().sessions().create(wanted.build()).getUrl();
        } catch (StripeException refused) {
            throw new IllegalStateException("the sandbox makes no payment page", refused);
        }
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

    private static CustomField taxYear(boolean english) {
        var years = Dropdown.builder();
        for (String year : new String[] {"2025", "2024", "2023"}) {
            years.addOption(Dropdown.Option.builder().setLabel(year).setValue(year).build());
        }
        return CustomField.builder()
                .setKey("anneedeladeclaration")
                .setLabel(
                        CustomField.Label.builder()
                                .setType(CustomField.Label.Type.CUSTOM)
                                .setCustom(english ? "Tax year" : "Année de la déclaration")
                                .build())
                .setType(CustomField.Type.DROPDOWN)
                .setDropdown(years.build())
                .build();
    }
}
