package com.comptappart.invoice;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The files that come with this package. */
final class Resources {

    private Resources() {}

    static byte[] bytes(String name) {
        try (var stream = Resources.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(
                        "the resource " + name + " is missing from the jar");
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
