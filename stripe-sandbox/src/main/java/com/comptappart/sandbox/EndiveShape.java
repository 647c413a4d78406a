package com.comptappart.sandbox;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What endive (2026-09-30) adds to dahlia. */
final class EndiveShape implements Shapes.Step {

    @Override
    public void reshape(String kind, ObjectNode object) {
        List<String> added =
                switch (kind) {
                    case "checkout.session" -> List.of("allowed_payment_method_types");
                    case "payment_intent" ->
                            List.of("allowed_payment_method_types", "payment_record");
                    case "dispute" -> List.of("intended_submission_method");
                    case "product" -> List.of("tax_details");
                    case "subscription_item" -> List.of("current_trial");
                    default -> List.of();
                };
        added.forEach(object::putNull);
        if (kind.equals("dispute")) {
            var details = (ObjectNode) object.path("evidence_details");
            boolean submitted = details.path("submission_count").asInt() > 0;
            details.put("submission_method", submitted ? "manual" : "not_submitted");
        }
        if (kind.equals("charge")) {
            if (object.path("payment_method_details").path("card") instanceof ObjectNode card) {
                card.putNull("electronic_commerce_indicator");
            }
        }
        if (kind.equals("subscription")) {
            ((ObjectNode) object.path("cancellation_details")).putNull("feedback_option");
            ((ObjectNode) object.path("trial_settings").path("end_behavior"))
                    .putNull("billing_cycle_anchor");
        }
    }
}
