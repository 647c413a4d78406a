package com.comptappart.mail;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which mails to list; null asks nothing. A partner's own list never leaves the partner null.
 *
 * @param states any of these; none stands for all
 * @param recipient whole, in whatever case
 * @param since when it was owed, inclusive
 * @param until exclusive
 */
public record MailFilter(
        @Nullable PartnerId partner,
        @Nullable Environment environment,
        Set<Mails.State> states,
        @Nullable String recipient,
        @Nullable Instant since,
        @Nullable Instant until) {

    public MailFilter {
        states = Set.copyOf(states);
    }
}
