package com.comptappart.webhook;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Notifications that are sent again to one endpoint, worked off by any node.
 *
 * @param id {@code rec_…}
 * @param reason why it waits or was stopped; empty where nothing is wrong
 * @param wanted how many there were when it was asked for
 * @param done how many were sent again
 * @param askedBy the id of an API key
 */
public record Recovery(
        String id,
        PartnerId partner,
        Environment environment,
        String endpointId,
        Wish wish,
        State state,
        String reason,
        long wanted,
        long done,
        String askedBy,
        Instant createdAt,
        @Nullable Instant endedAt) {

    /** RUNNING until all was looked at or somebody stopped it. */
    public enum State {
        RUNNING,
        DONE,
        STOPPED
    }

    /** MISSING is a fact that its partner's endpoint wants and was never owed. */
    public enum Status {
        FAILED,
        HELD,
        MISSING
    }

    /**
     * What to send again.
     *
     * @param until exclusive
     * @param perSecond how many at most, 1 to 1,000
     */
    public record Wish(Instant since, Instant until, Set<Status> statuses, int perSecond) {
        public Wish {
            statuses = Set.copyOf(statuses);
        }

        boolean wants(Status status) {
            return statuses.contains(status);
        }

        List<String> stored() {
            return statuses.stream()
                    .filter(each -> each != Status.MISSING)
                    .map(Stored::of)
                    .toList();
        }
    }

    /** How many were not looked at yet; what was dealt with meanwhile counts until the end. */
    public long left() {
        return state == State.DONE ? 0 : Math.max(0, wanted - done);
    }

    /** States as the database has them. */
    static final class Stored {

        private Stored() {}

        static String of(Enum<?> state) {
            return state.name().toLowerCase(Locale.ROOT);
        }
    }
}
