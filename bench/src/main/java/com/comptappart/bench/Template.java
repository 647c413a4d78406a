package com.comptappart.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A text of this package with {@code {{names}}} to fill in. */
final class Template {

    private final List<String> texts = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final int length;

    private Template(String text) {
        int at = 0;
        int open = text.indexOf("{{");
        while (open >= 0) {
            int close = text.indexOf("}}", open);
            texts.add(text.substring(at, open));
            names.add(text.substring(open + 2, close));
            at = close + 2;
            open = text.indexOf("{{", at);
        }
        texts.add(text.substring(at));
        length = text.length() + 512;
    }

    static Template of(String resource) {
        try (var stream = Template.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException(resource + " is not in the jar");
            }
            return new Template(new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String fill(UnaryOperator<String> values) {
        var filled = new StringBuilder(length);
        for (int i = 0; i < names.size(); i++) {
            filled.append(texts.get(i)).append(values.apply(names.get(i)));
        }
        return filled.append(texts.getLast()).toString();
    }
}
