package com.comptappart.sandbox;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** A kept customer as the buyer of a charge that is made without them. */
final class Payer {

    private Payer() {}

    static Buyer of(JsonNode customer) {
        JsonNode address = customer.path("address");
        return new Buyer(
                customer.path("email").asString(""),
                customer.path("name").asString(""),
                customer.path("phone").asStringOpt().orElse(null),
                new Buyer.Address(
                        address.path("line1").asString(""),
                        address.path("line2").asStringOpt().orElse(null),
                        address.path("postal_code").asString(""),
                        address.path("city").asString(""),
                        address.path("country").asString("")),
                null,
                List.of());
    }
}
