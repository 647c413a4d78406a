package com.comptappart.mail;

import com.comptappart.kernel.Reason;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells which addresses a mail can go to, and shows the others without harm. */
final class Addresses {

    /** RFC 5321, 4.5.3.1.3: 256 octets with the angle brackets. */
    private static final int MAX_LENGTH = 254;

    private static final int MAX_LOCAL_LENGTH = 64;
    private static final int MAX_SHOWN = 512;

    private Addresses() {}

    /** Why nothing can be sent to it; empty where it is usable. */
    static Optional<String> fault(@Nullable String given) {
        if (given == null || given.isBlank()) {
            return Optional.of(Reason.ADDRESS_MISSING.text());
        }
        if (given.codePoints().anyMatch(Addresses::isInvisible)) {
            return Optional.of(Reason.ADDRESS_INVISIBLE.text());
        }
        int at = given.lastIndexOf('@');
        if (at < 1 || at == given.length() - 1) {
            return Optional.of(Reason.ADDRESS_FORM.text());
        }
        String ascii = toAscii(given);
        if (ascii.length() > MAX_LENGTH || at > MAX_LOCAL_LENGTH) {
            return Optional.of(Reason.ADDRESS_TOO_LONG.text());
        }
        if (!StandardCharsets.US_ASCII.newEncoder().canEncode(given.substring(0, at))) {
            return Optional.of(Reason.ADDRESS_LETTERS.text());
        }
        return strictFault(ascii);
    }

    /** The address as a mail server reads it: an international domain in its ASCII form. */
    static String toAscii(String address) {
        int at = address.lastIndexOf('@');
        String domain = address.substring(at + 1);
        if (StandardCharsets.US_ASCII.newEncoder().canEncode(domain)) {
            return address;
        }
        try {
            return address.substring(0, at + 1) + IDN.toASCII(domain);
        } catch (IllegalArgumentException notADomain) {
            return address;
        }
    }

    /** What was given, with invisible characters escaped, cut where it is endless. */
    static String shown(@Nullable String given) {
        if (given == null) {
            return "";
        }
        var text = new StringBuilder();
        for (int i = 0; i < given.length() && text.length() < MAX_SHOWN; i++) {
            char each = given.charAt(i);
            switch (each) {
                case '\r' -> text.append("\\r");
                case '\n' -> text.append("\\n");
                case '\t' -> text.append("\\t");
                default -> {
                    if (isInvisible(each)) {
                        text.append(String.format(Locale.ROOT, "\\u%04x", (int) each));
                    } else {
                        text.append(each);
                    }
                }
            }
        }
        return text.toString();
    }

    private static Optional<String> strictFault(String address) {
        // One plain address: no display name, group, route, quoted name or address literal.
        boolean plain = address.chars().noneMatch(each -> "<>(),;:\\\"[] ".indexOf(each) >= 0);
        try {
            var parsed = new InternetAddress(address, true);
            if (plain && address.equals(parsed.getAddress())) {
                return Optional.empty();
            }
        } catch (AddressException e) {
            // Its message repeats the address, which is shown beside this reason anyway.
        }
        return Optional.of(Reason.ADDRESS_REFUSED.text());
    }

    private static boolean isInvisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE ->
                    true;
            default -> false;
        };
    }
}
