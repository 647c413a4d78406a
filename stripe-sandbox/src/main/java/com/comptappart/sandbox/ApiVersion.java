package com.comptappart.sandbox;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The versions of Stripe's API in whose shapes the sandbox can write its objects; it keeps them in
 * the older.
 */
enum ApiVersion {
    DAHLIA("2026-07-29.dahlia"),
    ENDIVE("2026-10-28.endive");

    private final String date;

    ApiVersion(String date) {
        this.date = date;
    }

    String date() {
        return date;
    }

    static Optional<ApiVersion> of(String date) {
        return Arrays.stream(values()).filter(version -> version.date.equals(date)).findFirst();
    }

    /** Within a train, versions only add: the train's name, after the dot, decides. */
    static ApiVersion ofTrain(String date) {
        return date.endsWith(".endive") ? ENDIVE : DAHLIA;
    }

    static String all() {
        return String.join(", ", Arrays.stream(values()).map(ApiVersion::date).toList());
    }

    /** Rewrites the object and all that is in it; the caller hands over a copy. */
    ObjectNode shape(ObjectNode object) {
        if (this == ENDIVE) {
            addEndiveFields(object);
        }
        return object;
    }

    private static void addEndiveFields(JsonNode node) {
        for (JsonNode child : node) {
            addEndiveFields(child);
        }
        if (!(node instanceof ObjectNode object)) {
            return;
        }
        List<String> added =
                switch (object.path("object").asString("")) {
                    case "checkout.session" -> List.of("allowed_payment_method_types");
                    case "payment_intent" ->
                            List.of("allowed_payment_method_types", "payment_record");
                    case "dispute" -> List.of("intended_submission_method");
                    case "product" -> List.of("tax_details");
                    default -> List.of();
                };
        added.forEach(object::putNull);
        if (object.path("object").asString("").equals("dispute")) {
            var details = (ObjectNode) object.path("evidence_details");
            boolean submitted = details.path("submission_count").asInt() > 0;
            details.put("submission_method", submitted ? "manual" : "not_submitted");
        }
        if (object.path("object").asString("").equals("charge")) {
            if (object.path("payment_method_details").path("card") instanceof ObjectNode card) {
                card.putNull("electronic_commerce_indicator");
            }
        }
    }
}
