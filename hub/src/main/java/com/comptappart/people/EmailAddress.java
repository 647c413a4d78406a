package com.comptappart.people;

import com.comptappart.kernel.Refused;
import java.util.Locale;

/** The address that a person signs in with, in lower case: one mailbox is one person. */
public record EmailAddress(String value) {

    private static final String SHAPE =
            "[^@\\s\\p{Cntrl}<>,;\"()]{1,64}@[^@\\s\\p{Cntrl}<>,;\"()]{1,190}";

    /**
     * @throws Refused when it is no address
     */
    public EmailAddress {
        value = value.strip().toLowerCase(Locale.ROOT);
        if (!value.matches(SHAPE)) {
            throw Refused.invalid(
                    "email_invalid", "email: an address such as marie.martin@example.com");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
