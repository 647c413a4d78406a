package com.comptappart.mail;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A mail as a mail server gets it, and what a reader's program makes of it.
 *
 * @param headers in their order, decoded
 */
public record RawMail(byte[] bytes, List<Header> headers, List<Part> parts) {

    private static final int MOST_SHOWN = 8 * 1024;

    /** One line of the head, unfolded. */
    public record Header(String name, String value) {}

    /**
     * One part that is no container of others.
     *
     * @param name the file's, empty where it is none
     * @param bytes how many it has once decoded
     */
    public record Part(String type, String name, String encoding, long bytes) {}

    public RawMail {
        headers = List.copyOf(headers);
        parts = List.copyOf(parts);
    }

    /** The beginning of the source: an attachment's end tells nobody anything. */
    public String source() {
        return new String(bytes, 0, Math.min(bytes.length, MOST_SHOWN), StandardCharsets.US_ASCII);
    }

    public boolean isCut() {
        return bytes.length > MOST_SHOWN;
    }
}
