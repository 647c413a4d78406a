package com.comptappart.sandbox;

import static com.comptappart.sandbox.PageHtml.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Labelled inputs with what was typed and what is wrong with it; card inputs always come back
 * empty.
 */
record Fields(Map<String, String> typed, Map<String, String> errors) {

    Fields {
        typed = Map.copyOf(typed);
        errors = Map.copyOf(errors);
    }

    record Option(String value, String label) {
        static List<Option> of(JsonNode dropdown) {
            var options = new ArrayList<Option>();
            options.add(new Option("", "—"));
            for (JsonNode option : dropdown.path("dropdown").path("options")) {
                options.add(
                        new Option(
                                option.path("value").asString(), option.path("label").asString()));
            }
            return options;
        }
    }

    String input(String name, String label, String type, String autocomplete) {
        String value = isSecret(name) ? "" : typed.getOrDefault(name, "");
        return """
        <div><label for="%1$s">%2$s</label>
        <input id="%1$s" name="%1$s" type="%3$s" value="%4$s" autocomplete="%5$s" maxlength="300"%6$s>%7$s</div>
        """
                .formatted(
                        text(name),
                        text(label),
                        type,
                        text(value),
                        autocomplete,
                        invalid(name),
                        error(name));
    }

    String select(String name, String label, List<Option> options, String preset) {
        String chosen = typed.getOrDefault(name, preset);
        var choices = new StringBuilder();
        for (Option option : options) {
            choices.append(
                    "<option value=\"%s\"%s>%s</option>"
                            .formatted(
                                    text(option.value()),
                                    option.value().equals(chosen) ? " selected" : "",
                                    text(option.label())));
        }
        return """
        <div><label for="%1$s">%2$s</label>
        <select id="%1$s" name="%1$s"%3$s>%4$s</select>%5$s</div>
        """
                .formatted(text(name), text(label), invalid(name), choices, error(name));
    }

    /** Numbers of cards and accounts come back to nobody. */
    static boolean isSecret(String name) {
        return name.startsWith("card_") || name.equals("iban");
    }

    private String invalid(String name) {
        return errors.containsKey(name)
                ? " aria-invalid=\"true\" aria-describedby=\"%s-error\"".formatted(text(name))
                : "";
    }

    private String error(String name) {
        return errors.containsKey(name)
                ? "<p class=\"error\" id=\"%s-error\">%s</p>"
                        .formatted(text(name), text(errors.get(name)))
                : "";
    }
}
