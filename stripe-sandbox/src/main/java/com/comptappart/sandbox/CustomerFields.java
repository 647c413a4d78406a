package com.comptappart.sandbox;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The fields of a customer that a request may set, at creation and later; empty unsets. */
final class CustomerFields {

    private static final long MOST_BALANCE = 999_999_999_999L;

    private CustomerFields() {}

    static void apply(Params params, ObjectNode customer) {
        for (String name : List.of("email", "name", "phone", "description")) {
            params.text(name).ifPresent(text -> customer.put(name, text.isEmpty() ? null : text));
        }
        if (params.isNested("address")) {
            params.child("address").ifPresent(given -> customer.set("address", address(given)));
        } else if (params.has("address")) {
            params.text("address").ifPresent(_ -> customer.putNull("address"));
        }
        params.child("shipping").ifPresent(given -> customer.set("shipping", shipping(given)));
        if (params.has("preferred_locales")) {
            var locales = customer.putArray("preferred_locales");
            params.texts("preferred_locales").forEach(locales::add);
        }
        params.oneOf("tax_exempt", "none", "exempt", "reverse")
                .ifPresent(text -> customer.put("tax_exempt", text));
        params.integer("balance").ifPresent(cents -> customer.put("balance", sane(cents)));
        params.integer("next_invoice_sequence")
                .ifPresent(next -> customer.put("next_invoice_sequence", next));
        params.child("invoice_settings")
                .flatMap(settings -> settings.text("footer"))
                .ifPresent(text ->
                        ((ObjectNode) customer.path("invoice_settings"))
                                .put("footer", text.isEmpty() ? null : text));
        params.child("tax").ifPresent(CustomerFields::readTax);
        params.metadataInto((ObjectNode) customer.path("metadata"));
    }

    static ObjectNode address(Params given) {
        var address = Json.object();
        for (String name : List.of("city", "country", "line1", "line2", "postal_code", "state")) {
            address.put(name, given.text(name).filter(text -> !text.isEmpty()).orElse(null));
        }
        return address;
    }

    private static ObjectNode shipping(Params given) {
        var shipping = Json.object();
        given.child("address").ifPresent(to -> shipping.set("address", address(to)));
        shipping.put("name", given.required("name"));
        return shipping.put("phone", given.filled("phone").orElse(null));
    }

    /**
     * The address decides where a customer is taxed here; where a network call came from doesn't.
     */
    private static void readTax(Params tax) {
        tax.text("ip_address");
        tax.oneOf("validate_location", "auto", "deferred", "immediately");
    }

    private static long sane(long balance) {
        if (Math.abs(balance) > MOST_BALANCE) {
            throw Refusal.of(
                    "parameter_invalid_integer",
                    "balance",
                    "Invalid balance: at most %d either way.".formatted(MOST_BALANCE));
        }
        return balance;
    }
}
