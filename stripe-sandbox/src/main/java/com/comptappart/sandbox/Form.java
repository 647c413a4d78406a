package com.comptappart.sandbox;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Form encoding with brackets, as Stripe's clients write it: {@code a[b]=1}, {@code a[]=1}, {@code
 * a[0][b]=1} become maps, whose leaves are strings.
 */
final class Form {

    private static final int MOST_FIELDS = 2_000;
    private static final int DEEPEST = 10;

    private Form() {}

    static Map<String, Object> parse(String encoded) {
        var root = new LinkedHashMap<String, Object>();
        if (encoded.isEmpty()) {
            return root;
        }
        String[] fields = encoded.split("&", MOST_FIELDS + 1);
        if (fields.length > MOST_FIELDS) {
            throw Refusal.of(null, null, "More than %d parameters.".formatted(MOST_FIELDS));
        }
        for (String field : fields) {
            int equals = field.indexOf('=');
            String name = decode(equals < 0 ? field : field.substring(0, equals));
            String value = equals < 0 ? "" : decode(field.substring(equals + 1));
            if (!name.isEmpty()) {
                put(root, name, value);
            }
        }
        return root;
    }

    /** Fields of a plain HTML form: no brackets, the last of a name counts. */
    static Map<String, String> flat(String encoded) {
        var fields = new LinkedHashMap<String, String>();
        parse(encoded)
                .forEach((name, value) -> fields.put(name, value instanceof String s ? s : ""));
        return fields;
    }

    private static void put(Map<String, Object> root, String name, String value) {
        List<String> path = path(name);
        Map<String, Object> at = root;
        for (String step : path.subList(0, path.size() - 1)) {
            at = descend(at, step, name);
        }
        String last = path.getLast();
        at.put(last.isEmpty() ? String.valueOf(at.size()) : last, value);
    }

    private static Map<String, Object> descend(
            Map<String, Object> at, String step, String wholeName) {
        String key = step.isEmpty() ? String.valueOf(at.size()) : step;
        Object there = at.computeIfAbsent(key, k -> new LinkedHashMap<String, Object>());
        if (there instanceof Map<?, ?>) {
            @SuppressWarnings("unchecked") // only this class puts maps there
            var map = (Map<String, Object>) there;
            return map;
        }
        throw Refusal.of("parameter_invalid", wholeName, "Invalid object: " + wholeName);
    }

    private static List<String> path(String name) {
        int bracket = name.indexOf('[');
        if (bracket <= 0 || !name.endsWith("]")) {
            return List.of(name);
        }
        var path = new ArrayList<String>();
        path.add(name.substring(0, bracket));
        for (String step :
                name.substring(bracket + 1, name.length() - 1).split("]\\[", DEEPEST + 1)) {
            path.add(step);
        }
        if (path.size() > DEEPEST) {
            throw Refusal.of("parameter_invalid", name, "Parameters are nested too deep.");
        }
        return path;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw Refusal.of(null, null, "The parameters are not form-encoded.");
        }
    }
}
