package com.comptappart.webhook;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the facts that partners are told of can be read again, for an endpoint that was made later
 * than they happened.
 */
public interface OwedFacts {

    /** Whose facts, and of which time; {@code until} is exclusive. */
    record Asked(PartnerId partner, Environment environment, Instant since, Instant until) {}

    /**
     * Some facts, in the order in which they are told.
     *
     * @param next asks for those after; null where these were the last
     */
    record Facts(List<OwedNotification> facts, @Nullable String next) {
        public Facts {
            facts = List.copyOf(facts);
        }
    }

    /** Tells it from the others; never changed, since a recovery that is under way stores it. */
    String name();

    /**
     * @param after empty for the first
     * @param limit how many at most
     */
    Facts read(Asked asked, String after, int limit);
}
