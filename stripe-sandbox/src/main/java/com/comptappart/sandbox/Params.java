package com.comptappart.sandbox;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Parameters of a request: each is read by name, and those that nobody read are refused at the end.
 */
final class Params {

    private static final int MOST_METADATA = 50;
    private static final int LONGEST_METADATA_KEY = 40;
    private static final int LONGEST_METADATA_VALUE = 500;
    private static final int LONGEST_TEXT = 5_000;

    private final String path;
    private final Map<String, Object> values;
    private final Set<String> read = new HashSet<>();
    private final Map<String, Params> children = new LinkedHashMap<>();

    Params(Map<String, Object> values) {
        this("", values);
    }

    private Params(String path, Map<String, Object> values) {
        this.path = path;
        this.values = values;
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    boolean isNested(String name) {
        return values.get(name) instanceof Map<?, ?>;
    }

    /**
     * The full name of a parameter, as Stripe writes it in errors: {@code line_items[0][price]}.
     */
    String nameOf(String name) {
        return path.isEmpty() ? name : path + "[" + name + "]";
    }

    Optional<String> text(String name) {
        read.add(name);
        Object value = values.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof String text)) {
            throw Refusal.of("parameter_invalid", nameOf(name), "Invalid string: " + nameOf(name));
        }
        if (text.length() > LONGEST_TEXT) {
            throw Refusal.of(
                    null,
                    nameOf(name),
                    "Invalid string: %s must be at most %d characters"
                            .formatted(nameOf(name), LONGEST_TEXT));
        }
        return Optional.of(text);
    }

    Optional<String> filled(String name) {
        Optional<String> text = text(name);
        if (text.isPresent() && text.get().isBlank()) {
            throw Refusal.of(
                    "parameter_invalid_empty",
                    nameOf(name),
                    "You passed an empty string for '%s'.".formatted(nameOf(name)));
        }
        return text;
    }

    /** What was passed under these names, as it came, for a request of another kind. */
    Map<String, Object> taken(List<String> names) {
        var taken = new LinkedHashMap<String, Object>();
        for (String name : names) {
            Object value = values.get(name);
            if (value != null) {
                read.add(name);
                readAll(name, value);
                taken.put(name, value);
            }
        }
        return taken;
    }

    private void readAll(String name, Object value) {
        if (value instanceof Map<?, ?>) {
            Params child = asChild(name, value);
            child.read.addAll(child.values.keySet());
            child.values.forEach(child::readAll);
        }
    }

    String required(String name) {
        return filled(name).orElseThrow(() -> Refusal.missing(nameOf(name)));
    }

    Optional<String> oneOf(String name, String... allowed) {
        Optional<String> text = filled(name);
        if (text.isPresent() && !List.of(allowed).contains(text.get())) {
            throw Refusal.of(
                    null,
                    nameOf(name),
                    "Invalid %s: must be one of %s"
                            .formatted(nameOf(name), String.join(", ", allowed)));
        }
        return text;
    }

    OptionalLong integer(String name) {
        Optional<String> text = filled(name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!text.get().matches("-?[0-9]{1,15}")) {
            throw Refusal.of(
                    "parameter_invalid_integer", nameOf(name), "Invalid integer: " + text.get());
        }
        return OptionalLong.of(Long.parseLong(text.get()));
    }

    Optional<Boolean> flag(String name) {
        return oneOf(name, "true", "false").map("true"::equals);
    }

    /** An address of http or https; what stands in braces is a template and left alone. */
    Optional<String> url(String name) {
        Optional<String> text = filled(name);
        if (text.isPresent() && !isWebAddress(text.get())) {
            throw Refusal.of("url_invalid", nameOf(name), "Not a valid URL");
        }
        return text;
    }

    Optional<Params> child(String name) {
        read.add(name);
        Object value = values.get(name);
        if (value == null) {
            return Optional.empty();
        }
        return Optional.of(asChild(name, value));
    }

    List<Params> childrenOf(String name) {
        return child(name)
                .map(list -> list.values.keySet().stream().map(list::childAt).toList())
                .orElse(List.of());
    }

    List<String> texts(String name) {
        Optional<Params> list = child(name);
        if (list.isEmpty()) {
            return List.of();
        }
        return list.get().values.keySet().stream().map(list.get()::required).toList();
    }

    /**
     * Sets and unsets keys as Stripe does: an empty value removes the key, an empty parameter all
     * of them.
     */
    void metadataInto(ObjectNode metadata) {
        metadataInto("metadata", metadata);
    }

    private void metadataInto(String name, ObjectNode metadata) {
        if ("".equals(values.get(name))) {
            read.add(name);
            metadata.removeAll();
            return;
        }
        child(name)
                .ifPresent(given ->
                        given.values.keySet().forEach(key -> given.setInto(metadata, key)));
        if (metadata.size() > MOST_METADATA) {
            throw Refusal.of(
                    null,
                    nameOf(name),
                    "Metadata can have at most %d keys".formatted(MOST_METADATA));
        }
    }

    /** All of it in a fixed order, to tell whether two requests ask for the same. */
    String fingerprint() {
        return new TreeMap<>(values).toString();
    }

    void refuseUnread() {
        for (String name : values.keySet()) {
            if (!read.contains(name)) {
                throw Refusal.unknown(nameOf(name));
            }
        }
        children.values().forEach(Params::refuseUnread);
    }

    private Params childAt(String key) {
        read.add(key);
        return asChild(key, values.get(key));
    }

    @SuppressWarnings("unchecked") // Form makes no other maps
    private Params asChild(String name, @Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw Refusal.of("parameter_invalid", nameOf(name), "Invalid object: " + nameOf(name));
        }
        return children.computeIfAbsent(
                name, _ -> new Params(nameOf(name), (Map<String, Object>) map));
    }

    private void setInto(ObjectNode metadata, String key) {
        String value = text(key).orElse("");
        if (key.length() > LONGEST_METADATA_KEY) {
            throw Refusal.of(
                    null,
                    nameOf(key),
                    "Metadata keys can be at most %d characters".formatted(LONGEST_METADATA_KEY));
        }
        if (value.length() > LONGEST_METADATA_VALUE) {
            throw Refusal.of(
                    null,
                    nameOf(key),
                    "Metadata values can be at most %d characters"
                            .formatted(LONGEST_METADATA_VALUE));
        }
        if (value.isEmpty()) {
            metadata.remove(key);
        } else {
            metadata.put(key, value);
        }
    }

    private static boolean isWebAddress(String text) {
        try {
            var uri = new URI(text.replaceAll("\\{[A-Z_]+}", "x"));
            return uri.getHost() != null
                    && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (URISyntaxException malformed) {
            return false;
        }
    }
}
