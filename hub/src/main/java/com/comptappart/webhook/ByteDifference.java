package com.comptappart.webhook;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The first byte in which what came differs from what was sent.
 *
 * @param offset bytes before it
 * @param sentByte two hex digits, empty where what was sent ends there
 * @param cameByte two hex digits, empty where what came ends there
 * @param sent what was sent around it, what is invisible made visible
 * @param came what came around it
 */
public record ByteDifference(
        int offset,
        String sentByte,
        String cameByte,
        String sent,
        String came,
        int sentLength,
        int cameLength) {

    private static final int AROUND = 24;

    /** Empty where they are the same to the last byte. */
    static Optional<ByteDifference> between(byte[] sent, byte[] came) {
        int offset = Arrays.mismatch(sent, came);
        if (offset < 0) {
            return Optional.empty();
        }
        return Optional.of(
                new ByteDifference(
                        offset,
                        hex(sent, offset),
                        hex(came, offset),
                        around(sent, offset),
                        around(came, offset),
                        sent.length,
                        came.length));
    }

    private static String hex(byte[] bytes, int at) {
        return at < bytes.length ? HexFormat.of().withUpperCase().toHexDigits(bytes[at]) : "";
    }

    private static String around(byte[] bytes, int at) {
        byte[] part =
                Arrays.copyOfRange(
                        bytes,
                        Math.max(0, at - AROUND),
                        Math.max(0, Math.min(bytes.length, at + AROUND)));
        return visible(new String(part, StandardCharsets.UTF_8));
    }

    private static String visible(String text) {
        return text.replace("\r", "␍")
                .replace("\n", "␊")
                .replace("\t", "␉")
                .replace("\u00a0", "⍽")
                .replace("\ufeff", "[BOM]");
    }
}
