package com.comptappart.stripe;

import com.comptappart.order.Buyer;
import com.comptappart.order.CustomField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The fields of a Checkout Session, in the shapes of all API versions. */
final class SessionFields {

    private SessionFields() {}

    static String required(JsonNode object, String field) {
        String value = object.path(field).asString("");
        if (value.isEmpty()) {
            throw new Unreadable("the field '" + field + "' is missing");
        }
        return value;
    }

    /** An integer in minor units; money is never guessed. */
    static long amount(JsonNode object, String field) {
        var value = object.path(field);
        if (!value.isIntegralNumber()) {
            throw new Unreadable("the field '" + field + "' is missing or no integer");
        }
        return value.longValue();
    }

    static Buyer buyer(JsonNode session) {
        var details = session.path("customer_details");
        var collected = session.path("collected_information");
        String company = first(details.path("business_name"), collected.path("business_name"));
        String person =
                first(
                        details.path("name"),
                        details.path("individual_name"),
                        collected.path("individual_name"));
        var address = details.path("address");
        String vatNumber = null;
        String siren = null;
        for (JsonNode taxId : details.path("tax_ids")) {
            String value = taxId.path("value").asString("");
            switch (taxId.path("type").asString("")) {
                case "eu_vat" -> vatNumber = value;
                case "fr_siren" -> siren = value.replaceAll("\\D", "");
                case "fr_siret" ->
                        siren = value.replaceAll("\\D", "").replaceAll("^(\\d{9})\\d*$", "$1");
                default -> {
                    // other countries' ids are no mention of a French invoice
                }
            }
        }
        return new Buyer(
                person.isEmpty() ? text(company) : person,
                text(first(details.path("email"), session.path("customer_email"))),
                text(details.path("phone").asString("")),
                text(address.path("line1").asString("")),
                text(address.path("line2").asString("")),
                text(address.path("postal_code").asString("")),
                text(address.path("city").asString("")),
                text(address.path("country").asString("")),
                siren,
                vatNumber,
                !company.isEmpty() || vatNumber != null || siren != null,
                locale(session.path("locale").asString("")));
    }

    static List<CustomField> customFields(JsonNode session) {
        var fields = new ArrayList<CustomField>();
        for (JsonNode field : session.path("custom_fields")) {
            var answer = field.path(field.path("type").asString("text")).path("value");
            fields.add(
                    new CustomField(
                            field.path("key").asString(""),
                            field.path("label").path("custom").asString(""),
                            answer.asString("")));
        }
        return fields;
    }

    static Map<String, String> metadata(JsonNode session) {
        Map<String, String> metadata = new LinkedHashMap<>();
        session.path("metadata")
                .properties()
                .forEach(entry -> metadata.put(entry.getKey(), entry.getValue().asString("")));
        return metadata;
    }

    private static String locale(String stripe) {
        return stripe.isEmpty() || stripe.equals("auto") ? "fr" : stripe;
    }

    private static String first(JsonNode... candidates) {
        for (JsonNode candidate : candidates) {
            String value = candidate.asString("");
            if (!value.isEmpty()) {
                return value;
            }
        }
        return "";
    }

    private static @Nullable String text(String value) {
        return value.isBlank() ? null : value;
    }
}
