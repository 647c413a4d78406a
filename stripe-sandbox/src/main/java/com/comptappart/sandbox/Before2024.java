package com.comptappart.sandbox;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What changed from 2020-08-27 to 2024-06-20, undone: lists inside, shipping by its older name. */
final class Before2024 implements Shapes.Step {

    @Override
    public void reshape(String kind, ObjectNode object) {
        String id = object.path("id").asString("");
        switch (kind) {
            case "charge" -> {
                if (!object.has("refunds")) {
                    object.set(
                            "refunds",
                            Page.list("/v1/charges/" + id + "/refunds", List.of(), false));
                }
            }
            case "checkout.session" -> {
                JsonNode shipping = object.path("shipping_details");
                object.set("shipping", shipping.isMissingNode() ? null : shipping);
                object.remove("shipping_details");
            }
            default -> {}
        }
    }
}
