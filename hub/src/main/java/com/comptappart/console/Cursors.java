package com.comptappart.console;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Addresses with one thing more, such as a list's next page. */
final class Cursors {

    private Cursors() {}

    static String after(String list, String cursor) {
        return with(list, "after", cursor);
    }

    static String with(String path, String name, String value) {
        return path + "?" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
