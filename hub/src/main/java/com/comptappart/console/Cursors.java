package com.comptappart.console;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/** Addresses with one thing more, such as a list's next page. */
final class Cursors {

    private Cursors() {}

    static String after(String list, String cursor) {
        return with(list, "after", cursor);
    }

    static String with(String path, String name, String value) {
        return path + "?" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** What was typed; null where nothing was. */
    static @Nullable String typed(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    /** Adds what was typed; nothing where nothing was. */
    static void add(UriComponentsBuilder address, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            // As a template's variable: only so is a + or an & in a mail address encoded.
            address.queryParam(name, "{" + name + "}").uriVariables(Map.of(name, value));
        }
    }
}
