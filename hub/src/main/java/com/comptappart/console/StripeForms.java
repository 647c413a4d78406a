package com.comptappart.console;

import com.comptappart.kernel.Ids;
import com.comptappart.kernel.Refused;
import com.comptappart.order.SubscriptionState;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Makes a form that reaches Stripe one act, however often it is sent: its token, with all that it
 * asks for, is the key that Stripe gets.
 */
final class StripeForms {

    private StripeForms() {}

    static String token() {
        return Ids.next("jeton");
    }

    static boolean isToken(String text) {
        return text.matches("[A-Za-z0-9_]{8,64}");
    }

    /**
     * @throws Refused where the form has no token
     */
    static String key(String token, SubscriptionState of, String what) {
        return key(token, of.partner().value(), of.subscriptionId(), what);
    }

    /**
     * @throws Refused where the form has no token
     */
    static String key(String token, String... what) {
        if (!isToken(token)) {
            throw Refused.invalid(
                    "form_incomplete", "begin again from the page that you came from");
        }
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            String text = token + " " + String.join(" ", what);
            return "ca_console_"
                    + HexFormat.of()
                            .formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
