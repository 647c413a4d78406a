package com.comptappart.webhook;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What changes in lists of notifications while somebody looks at them, for many at once. */
@Component
public class NotificationPulse {

    /**
     * Where a notification stands.
     *
     * @param dueAt when it is tried (again), while it is
     */
    public record Beat(
            String id, Notification.Stage stage, int attempts, int lastStatus, Instant dueAt) {}

    /** One that is new. */
    public record Fresh(
            long position,
            PartnerId partner,
            Environment environment,
            String endpointId,
            String eventType) {}

    private final PulseRows rows;

    NotificationPulse(PulseRows rows) {
        this.rows = rows;
    }

    /**
     * Those of that partner's mode, at most a thousand; a null partner or environment stands for
     * the hub itself.
     */
    public List<Beat> of(
            @Nullable PartnerId partner,
            @Nullable Environment environment,
            Collection<String> ids) {
        return ids.isEmpty() ? List.of() : rows.of(partner, environment, ids);
    }

    /** The last that can be seen now, 0 where there is none. */
    public long newest() {
        return rows.newest();
    }

    /** Up to where nothing new can still appear. */
    public long settled() {
        return rows.settled();
    }

    /** What was owed after the one position, up to the other; a thousand of them at most. */
    public List<Fresh> between(long after, long until) {
        return after >= until ? List.of() : rows.between(after, until);
    }
}
