package com.comptappart.sandbox;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What clover (2025-09-30) and dahlia (2026-03-25) changed, undone: coupons under their discounts,
 * the older names of the page's ways, no decimals of quantities.
 */
final class BeforeDahlia implements Shapes.Step {

    private final Store store;

    BeforeDahlia(Store store) {
        this.store = store;
    }

    @Override
    public void reshape(String kind, ObjectNode object) {
        switch (kind) {
            case "discount" -> {
                JsonNode coupon = object.path("source").path("coupon");
                object.remove(List.of("source", "customer_account"));
                object.set("coupon", whole(coupon, object));
            }
            case "promotion_code" -> {
                JsonNode coupon = object.path("promotion").path("coupon");
                object.remove(List.of("promotion", "customer_account"));
                object.set("coupon", whole(coupon, object));
            }
            case "checkout.session" -> session(object);
            case "line_item", "invoiceitem" -> object.remove("quantity_decimal");
            case "invoice" -> object.remove("amount_paid_off_stripe");
            case "subscription" ->
                    object.remove(List.of("billing_mode", "billing_schedules", "managed_payments"));
            default -> {}
        }
    }

    private JsonNode whole(JsonNode coupon, ObjectNode owner) {
        if (!coupon.isString()) {
            return coupon;
        }
        return store.find(Kind.COUPON, coupon.asString())
                .<JsonNode>map(ObjectNode::deepCopy)
                .orElseGet(() -> store.aside(owner.path("id").asString(), "coupon").deepCopy());
    }

    private static void session(ObjectNode session) {
        if (session.path("ui_mode").asString("").equals("hosted_page")) {
            session.put("ui_mode", "hosted");
        }
        session.remove(List.of("managed_payments", "integration_identifier"));
        if (session.path("collected_information") instanceof ObjectNode collected) {
            collected.remove(List.of("business_name", "individual_name"));
        }
    }
}
