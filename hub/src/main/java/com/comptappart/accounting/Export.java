package com.comptappart.accounting;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A file that is written while it is read: all that can be refused was refused before.
 *
 * @param filename what it is saved as
 * @param mediaType with its charset
 */
public record Export(String filename, String mediaType, Body body) {

    /** Writes the file, in constant memory. */
    @FunctionalInterface
    public interface Body {
        void writeTo(OutputStream out) throws IOException;
    }
}
