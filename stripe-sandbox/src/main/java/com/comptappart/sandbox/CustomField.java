package com.comptappart.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A question of the seller's own on the payment page: text, digits or a choice. */
final class CustomField {

    private static final long LONGEST = 255;

    private CustomField() {}

    static ObjectNode read(Params given) {
        String key = given.required("key");
        if (!key.matches("[A-Za-z0-9]{1,200}")) {
            throw Refusal.of(
                    null, given.nameOf("key"), "Invalid key: only letters and digits are allowed.");
        }
        String type =
                given.oneOf("type", "text", "numeric", "dropdown")
                        .orElseThrow(() -> Refusal.missing(given.nameOf("type")));
        Params label =
                given.child("label").orElseThrow(() -> Refusal.missing(given.nameOf("label")));
        var field = Json.object();
        field.put("key", key);
        String labelType =
                label.oneOf("type", "custom")
                        .orElseThrow(() -> Refusal.missing(label.nameOf("type")));
        field.putObject("label").put("custom", label.required("custom")).put("type", labelType);
        field.put("optional", given.flag("optional").orElse(false));
        field.put("type", type);
        field.set(type, type.equals("dropdown") ? dropdown(given) : typed(given.child(type)));
        return field;
    }

    /** The answer fits, or why not. */
    static boolean accepts(ObjectNode field, String answer) {
        if (answer.isEmpty()) {
            return field.path("optional").asBoolean();
        }
        JsonNode rules = field.path(field.path("type").asString());
        return switch (field.path("type").asString()) {
            case "dropdown" -> values(field).contains(answer);
            case "numeric" -> answer.matches("[0-9]+") && fits(rules, answer);
            default -> fits(rules, answer);
        };
    }

    static List<String> values(ObjectNode field) {
        var values = new ArrayList<String>();
        for (JsonNode option : field.path("dropdown").path("options")) {
            values.add(option.path("value").asString());
        }
        return values;
    }

    static void answer(ObjectNode field, String answer) {
        var place = (ObjectNode) field.path(field.path("type").asString());
        place.put("value", answer.isEmpty() ? null : answer);
    }

    private static boolean fits(JsonNode rules, String answer) {
        return answer.length() >= rules.path("minimum_length").asLong(0)
                && answer.length() <= rules.path("maximum_length").asLong(LONGEST);
    }

    private static ObjectNode typed(Optional<Params> given) {
        var rules = Json.object();
        rules.put("default_value", given.flatMap(p -> p.filled("default_value")).orElse(null));
        for (String name : List.of("maximum_length", "minimum_length")) {
            OptionalLong length = given.map(p -> p.integer(name)).orElseGet(OptionalLong::empty);
            rules.put(name, length.isPresent() ? (Long) length.getAsLong() : null);
        }
        return rules.putNull("value");
    }

    private static ObjectNode dropdown(Params given) {
        Params dropdown =
                given.child("dropdown")
                        .orElseThrow(() -> Refusal.missing(given.nameOf("dropdown")));
        var rules = Json.object();
        rules.put("default_value", dropdown.filled("default_value").orElse(null));
        var options = rules.putArray("options");
        for (Params option : dropdown.childrenOf("options")) {
            options.addObject()
                    .put("label", option.required("label"))
                    .put("value", option.required("value"));
        }
        return rules.putNull("value");
    }
}
