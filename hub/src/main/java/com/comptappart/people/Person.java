package com.comptappart.people;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Someone who signs in.
 *
 * @param id {@code user_…}
 * @param language {@code fr} or {@code en}, of the mails to them
 * @param disabledAt since when they can't sign in anywhere; null where they can
 */
public record Person(
        String id,
        EmailAddress email,
        String name,
        String language,
        Instant createdAt,
        @Nullable Instant disabledAt,
        Rights rights) {

    public static final String PREFIX = "user";

    /** Whether there is anything that they may see. */
    public boolean mayComeIn() {
        return disabledAt == null && !rights.memberships().isEmpty();
    }
}
