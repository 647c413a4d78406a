package com.comptappart.people;

import com.comptappart.kernel.PartnerId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Someone was asked in and hasn't answered.
 *
 * @param id {@code inv_…}
 * @param partner null for the whole hub
 */
public record Invitation(
        String id,
        @Nullable PartnerId partner,
        EmailAddress email,
        Role role,
        Instant createdAt,
        Instant expiresAt) {}
