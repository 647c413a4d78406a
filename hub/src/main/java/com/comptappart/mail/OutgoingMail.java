package com.comptappart.mail;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A mail that is owed. Written once: (key, recipient) is unique, and every attempt sends the same
 * bytes.
 *
 * @param order null where it is about a payment that became no order
 * @param key what it is about, such as the invoice's number
 * @param recipient null or unusable addresses are kept and shown as suppressed, never dropped
 * @param text plain text body
 * @param html HTML body
 * @param attachment asked of {@link Attachments} when it is sent; null for none
 * @param audience who reads it: a staging mail never reaches a buyer
 */
public record OutgoingMail(
        PartnerId partner,
        Environment environment,
        @Nullable OrderId order,
        String key,
        @Nullable String recipient,
        String subject,
        String text,
        String html,
        @Nullable String attachment,
        Audience audience) {

    /**
     * US stands for partners and the operator, who are told in staging as in production; PERSON for
     * one who signs in: what that mail says lets its reader in, so that it is encrypted, never
     * shown and never sent again.
     */
    public enum Audience {
        BUYER,
        US,
        PERSON;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Audience of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    /** One to a buyer. */
    public OutgoingMail(
            PartnerId partner,
            Environment environment,
            @Nullable OrderId order,
            String key,
            @Nullable String recipient,
            String subject,
            String text,
            String html,
            @Nullable String attachment) {
        this(
                partner,
                environment,
                order,
                key,
                recipient,
                subject,
                text,
                html,
                attachment,
                Audience.BUYER);
    }
}
