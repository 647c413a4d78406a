package com.comptappart.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Header text of other scripts as RFC 2047 encoded words, UTF-8 in base64. Jakarta Mail's own looks
 * for its providers in the class path at every call, which took a twelfth of the hub's time.
 */
final class EncodedWords {

    /** An encoded word has 75 characters at most (section 2), 12 of which are not text. */
    private static final int BYTES_PER_WORD = 45;

    private EncodedWords() {}

    static boolean isPlain(String text) {
        return text.chars().allMatch(each -> each >= ' ' && each < 0x7f) && !text.contains("=?");
    }

    /** Words on lines of their own; no character is split over two (section 5). */
    static String of(String text) {
        var words = new StringBuilder(text.length() * 2);
        var word = new ByteArrayOutputStream(BYTES_PER_WORD);
        for (int i = 0; i < text.length(); ) {
            int next = text.offsetByCodePoints(i, 1);
            byte[] character = text.substring(i, next).getBytes(StandardCharsets.UTF_8);
            if (word.size() + character.length > BYTES_PER_WORD) {
                end(words, word);
            }
            word.writeBytes(character);
            i = next;
        }
        end(words, word);
        return words.toString();
    }

    private static void end(StringBuilder words, ByteArrayOutputStream word) {
        words.append(words.isEmpty() ? "" : "\r\n ")
                .append("=?UTF-8?B?")
                .append(Base64.getEncoder().encodeToString(word.toByteArray()))
                .append("?=");
        word.reset();
    }
}
