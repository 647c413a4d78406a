package com.comptappart.sandbox;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Who pays, as typed on the payment page; a text that was left empty is absent. */
record Buyer(
        String email,
        String name,
        @Nullable String phone,
        Address address,
        @Nullable String businessName,
        List<TaxId> taxIds) {

    Buyer {
        taxIds = List.copyOf(taxIds);
    }

    record Address(
            String line1, @Nullable String line2, String postalCode, String city, String country) {

        ObjectNode json() {
            return Json.object()
                    .put("city", city)
                    .put("country", country)
                    .put("line1", line1)
                    .put("line2", line2)
                    .put("postal_code", postalCode)
                    .putNull("state");
        }
    }

    record TaxId(String type, String value) {}

    ObjectNode customerDetails() {
        var details = Json.object();
        details.set("address", address.json());
        details.put("business_name", businessName);
        details.put("email", email);
        details.putNull("individual_name");
        details.put("name", name);
        details.put("phone", phone);
        details.put("tax_exempt", "none");
        var ids = details.putArray("tax_ids");
        taxIds.forEach(id -> ids.addObject().put("type", id.type()).put("value", id.value()));
        return details;
    }

    /** What a payment says about a delivery to the buyer's address. */
    ObjectNode delivery() {
        var delivery = Json.object();
        delivery.set("address", address.json());
        return delivery.putNull("carrier")
                .put("name", name)
                .put("phone", phone)
                .putNull("tracking_number");
    }

    ObjectNode billingDetails() {
        var details = Json.object();
        details.set("address", address.json());
        return details.put("email", email).put("name", name).put("phone", phone).putNull("tax_id");
    }
}
