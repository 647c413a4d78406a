package com.comptappart.console;

import com.comptappart.kernel.Refused;
import com.comptappart.partner.ApiKeys;
import com.comptappart.partner.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Asks who is signed in to show it again, before a secret is shown: a session that was left open on
 * a desk must not be enough.
 */
@Component
class SameVisitor {

    private static final int LONGEST_KEY = 200;

    /** How long after one came in nothing more is asked. */
    private static final Duration FRESH = Duration.ofMinutes(10);

    private final ApiKeys keys;
    private final FailedSignIns failures;
    private final Clock clock;

    SameVisitor(ApiKeys keys, FailedSignIns failures, Clock clock) {
        this.keys = keys;
        this.failures = failures;
        this.clock = clock;
    }

    /**
     * @throws Refused when the key is not the one that the session began with; a person, who has
     *     none, must have come in a moment ago
     */
    void check(Visitor signedIn, String key, HttpServletRequest request) {
        if (signedIn.person() != null) {
            isFresh(request);
            return;
        }
        String address = String.valueOf(request.getRemoteAddr());
        if (!failures.mayTry(address)) {
            throw Refused.forbidden("too-many", "too many keys were refused; wait a minute");
        }
        var holder =
                key.length() > LONGEST_KEY
                        ? Optional.<Caller>empty()
                        : keys.authenticate(key.strip());
        if (holder.filter(caller -> caller.keyId().equals(signedIn.id())).isEmpty()) {
            failures.note(address);
            throw Refused.forbidden("other-key", "this is not the key of this session");
        }
        failures.forget(address);
    }

    private void isFresh(HttpServletRequest request) {
        var session = request.getSession(false);
        var since = session == null ? Instant.MIN : Instant.ofEpochMilli(session.getCreationTime());
        if (since.isBefore(clock.instant().minus(FRESH))) {
            throw Refused.forbidden("not-fresh", "come in again first");
        }
    }
}
