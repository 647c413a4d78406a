package com.comptappart.mail;

import java.time.Instant;

/**
 * What a round did with a claimed mail.
 *
 * @param tried whether an attempt is recorded
 * @param dueAt when it is tried again, while pending
 */
record EndedAttempt(
        ClaimedMail mail,
        Mails.State state,
        String reason,
        boolean tried,
        String answer,
        Instant at,
        Instant dueAt) {}
