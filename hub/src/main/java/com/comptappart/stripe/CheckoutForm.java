package com.comptappart.stripe;

import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Refused;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The parameters of {@code POST /v1/checkout/sessions}. */
final class CheckoutForm {

    private CheckoutForm() {}

    /** A price and its product, as Stripe has them. */
    record Sold(JsonNode price, JsonNode product) {
        boolean isRecurring() {
            return price.path("recurring").isObject()
                    || price.path("type").asString("").equals("recurring");
        }
    }

    /**
     * Metadata does not flow from a session to what it makes, so it is given to each. Which methods
     * the buyer may pay with is Stripe's choice: {@code payment_method_types} loses some, and is
     * refused from API version 2026-09-30 on. The invoice needs the buyer's address.
     */
    static StripeForm of(PartnerId partner, NewCheckout wanted, String mode) {
        var metadata = metadata(partner, wanted);
        var form =
                new StripeForm()
                        .with("mode", mode)
                        .with("success_url", wanted.successUrl())
                        .with("cancel_url", wanted.cancelUrl())
                        .with("customer_email", wanted.customerEmail())
                        .with("billing_address_collection", "required");
        int position = 0;
        for (var item : wanted.items()) {
            String line = "line_items[" + position++ + "]";
            form.with(line + "[price]", item.price()).with(line + "[quantity]", item.quantity());
        }
        form.with("metadata", metadata);
        form.with(
                (mode.equals("payment") ? "payment_intent_data" : "subscription_data")
                        + "[metadata]",
                metadata);
        position = 0;
        for (var field : wanted.fields()) {
            addField(form, "custom_fields[" + position++ + "]", field);
        }
        return form.with("expand", List.of("line_items"));
    }

    private static Map<String, String> metadata(PartnerId partner, NewCheckout wanted) {
        String named = wanted.metadata().getOrDefault("partner", partner.value());
        if (!named.equals(partner.value())) {
            throw Refused.invalid(
                    "metadata_invalid", "metadata: leave 'partner' out, it is set to the caller");
        }
        var metadata = new LinkedHashMap<>(wanted.metadata());
        metadata.put("partner", partner.value());
        return metadata;
    }

    private static void addField(StripeForm form, String name, NewCheckout.Field field) {
        form.with(name + "[key]", field.key())
                .with(name + "[label][type]", "custom")
                .with(name + "[label][custom]", field.label())
                .with(name + "[type]", field.type());
        if (field.optional()) {
            form.with(name + "[optional]", "true");
        }
        int position = 0;
        for (var option : field.options().entrySet()) {
            String of = name + "[dropdown][options][" + position++ + "]";
            form.with(of + "[value]", option.getKey()).with(of + "[label]", option.getValue());
        }
    }
}
