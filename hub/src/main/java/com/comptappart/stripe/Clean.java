package com.comptappart.stripe;

/**
 * Text from Stripe as we can keep, print and send it: PostgreSQL refuses NUL, XML refuses other
 * control characters, a mail header must not hold a line break.
 */
final class Clean {

    private static final char REPLACEMENT = '\uFFFD';

    private Clean() {}

    /** Text of one line: line breaks and tabs become spaces. */
    static String line(String text) {
        return clean(text, false);
    }

    /** Text that may have several lines. */
    static String lines(String text) {
        return clean(text, true);
    }

    /** Whether it is a name that a machine gave: 1 to that many characters, none invisible. */
    static boolean isIdentifier(String text, int most) {
        return !text.isBlank() && text.length() <= most && line(text).equals(text);
    }

    private static String clean(String text, boolean keepBreaks) {
        StringBuilder cleaned = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char kept = kept(text, i, c, keepBreaks);
            if (kept != c && cleaned == null) {
                cleaned = new StringBuilder(text.length()).append(text, 0, i);
            }
            if (cleaned != null) {
                cleaned.append(kept);
            }
        }
        return cleaned == null ? text : cleaned.toString();
    }

    private static char kept(String text, int i, char c, boolean keepBreaks) {
        if (c == '\n' || c == '\r' || c == '\t') {
            return keepBreaks ? c : ' ';
        }
        if (c == '\u2028' || c == '\u2029' || c == '\u0085') {
            return ' ';
        }
        boolean paired =
                !Character.isSurrogate(c)
                        || (Character.isHighSurrogate(c)
                                ? i + 1 < text.length()
                                        && Character.isLowSurrogate(text.charAt(i + 1))
                                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1)));
        boolean fit = paired && !Character.isISOControl(c) && c < '\uFFFE';
        return fit ? c : REPLACEMENT;
    }
}
