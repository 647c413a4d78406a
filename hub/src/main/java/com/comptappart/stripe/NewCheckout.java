package com.comptappart.stripe;

import com.comptappart.kernel.Refused;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a partner wants Stripe Checkout to sell.
 *
 * @param mode {@code payment} or {@code subscription}; null for what the prices say
 * @param metadata goes with the session, its payment and its subscription
 */
public record NewCheckout(
        List<Item> items,
        String successUrl,
        @Nullable String cancelUrl,
        @Nullable String customerEmail,
        @Nullable String mode,
        Map<String, String> metadata,
        List<Field> fields) {

    // Stripe's own limits, but one key of its fifty is ours.
    private static final int MAX_ITEMS = 100;
    private static final int MAX_METADATA = 49;
    private static final int MAX_KEY = 40;
    private static final int MAX_VALUE = 500;
    private static final int MAX_FIELDS = 3;
    private static final int MAX_URL = 5_000;

    /** So many of a price. */
    public record Item(String price, long quantity) {
        public Item {
            if (price.isBlank() || price.length() > 255) {
                throw Refused.invalid("price_invalid", "price: a Stripe price such as price_1P…");
            }
            if (quantity < 1 || quantity > 999_999) {
                throw Refused.invalid("quantity_invalid", "quantity: 1 to 999999");
            }
        }
    }

    /**
     * A question to the buyer.
     *
     * @param type {@code text}, {@code numeric} or {@code dropdown}
     * @param options of a dropdown: what is shown, by value
     */
    public record Field(
            String key, String label, String type, boolean optional, Map<String, String> options) {
        public Field {
            options = new LinkedHashMap<>(options);
            if (!key.matches("[A-Za-z0-9]{1,200}")) {
                throw invalid("key: 1 to 200 letters and digits");
            }
            if (label.isBlank() || label.length() > 50) {
                throw invalid("label: 1 to 50 characters");
            }
            if (!List.of("text", "numeric", "dropdown").contains(type)) {
                throw invalid("type: 'text', 'numeric' or 'dropdown'");
            }
            if (type.equals("dropdown") == options.isEmpty()) {
                throw invalid("options: for a dropdown, and only for it");
            }
            if (options.size() > 200) {
                throw invalid("options: 200 at most");
            }
        }

        private static Refused invalid(String what) {
            return Refused.invalid("custom_field_invalid", "custom_fields: " + what);
        }
    }

    public NewCheckout {
        items = List.copyOf(items);
        metadata = new LinkedHashMap<>(metadata);
        fields = List.copyOf(fields);
        if (items.isEmpty() || items.size() > MAX_ITEMS) {
            throw Refused.invalid("line_items_invalid", "line_items: 1 to 100");
        }
        if (fields.size() > MAX_FIELDS) {
            throw Refused.invalid("custom_field_invalid", "custom_fields: 3 at most");
        }
        checkKeys(fields);
        if (mode != null && !mode.equals("payment") && !mode.equals("subscription")) {
            throw Refused.invalid("mode_invalid", "mode: 'payment' or 'subscription'");
        }
        checkUrl("success_url", successUrl);
        if (cancelUrl != null) {
            checkUrl("cancel_url", cancelUrl);
        }
        if (customerEmail != null
                && !customerEmail.matches("[^@\\s\\p{Cntrl}]{1,64}@[^@\\s\\p{Cntrl}]{1,190}")) {
            throw Refused.invalid(
                    "customer_email_invalid",
                    "customer_email: an address such as marie@example.com");
        }
        checkMetadata(metadata);
        Coverage.check(metadata.getOrDefault("coverage", ""));
    }

    private static void checkKeys(List<Field> fields) {
        var keys = new HashSet<String>();
        for (Field field : fields) {
            if (!keys.add(field.key())) {
                throw Refused.invalid(
                        "custom_field_invalid",
                        "custom_fields: two have the key '" + field.key() + "'; give each its own");
            }
        }
    }

    static void checkUrl(String name, String url) {
        if (url.length() > MAX_URL || !url.matches("https?://[^\\s\\p{Cntrl}]+")) {
            throw Refused.invalid(
                    name + "_invalid", name + ": an address such as https://shop.example/thanks");
        }
    }

    private static void checkMetadata(Map<String, String> metadata) {
        if (metadata.size() > MAX_METADATA) {
            throw Refused.invalid("metadata_invalid", "metadata: 49 keys at most");
        }
        metadata.forEach((key, value) -> {
            if (!key.matches("[^\\[\\]\\p{Cntrl}]{1," + MAX_KEY + "}")
                    || value.length() > MAX_VALUE) {
                throw Refused.invalid(
                        "metadata_invalid",
                        "metadata: keys of 1 to 40 characters without brackets, texts of 500 at most");
            }
        });
    }
}
