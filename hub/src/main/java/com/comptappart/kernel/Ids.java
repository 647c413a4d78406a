package com.comptappart.kernel;

import java.security.SecureRandom;

/**
 * Makes public ids that show their kind: {@code we_…}, {@code msg_…}; 24 random letters and digits.
 */
public final class Ids {

    private static final String ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int LENGTH = 24;

    private Ids() {}

    public static String next(String prefix) {
        var text = new StringBuilder(prefix.length() + 1 + LENGTH).append(prefix).append('_');
        for (int i = 0; i < LENGTH; i++) {
            text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
