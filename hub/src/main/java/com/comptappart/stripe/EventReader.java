package com.comptappart.stripe;

import com.comptappart.kernel.Reason;
import com.comptappart.stripe.StripeEventRows.Claimed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads one stored event; whatever goes wrong with it concerns no other. */
@Component
class EventReader {

    private static final Logger LOG = LoggerFactory.getLogger(EventReader.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration READ_WITHIN = Duration.ofSeconds(30);
    private static final Duration FIRST_DELAY = Duration.ofSeconds(2);
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(10);
    private static final int MAX_DOUBLINGS = 10;

    private final FactReaders readers;
    private final ThinEvents thin;
    private final Clock clock;

    EventReader(FactReaders readers, ThinEvents thin, Clock clock) {
        this.readers = readers;
        this.thin = thin;
        this.clock = clock;
    }

    Read read(Claimed claimed) {
        String id = claimed.event().id();
        try {
            return read(claimed, JSON.readTree(claimed.event().body()));
        } catch (StripeUnavailable e) {
            return Read.later(claimed, e.reason(), due(claimed, e.retryAfter()));
        } catch (AwaitsOrder e) {
            return Read.awaiting(claimed, e, due(claimed, null));
        } catch (Unreadable e) {
            LOG.warn("event {} needs attention: {}", id, e.reason());
            return Read.attention(claimed, e.reason(), clock.instant());
        } catch (DataAccessException e) {
            LOG.warn("event {} waits: the database failed while it was read", id, e);
            return Read.later(claimed, Reason.DATABASE_FAILED.text(), due(claimed, null));
        } catch (RuntimeException e) {
            LOG.error("event {} needs attention: it can't be read", id, e);
            return Read.attention(
                    claimed,
                    Reason.EVENT_UNREADABLE.text(e.getClass().getSimpleName()),
                    clock.instant());
        }
    }

    private Read read(Claimed claimed, JsonNode json) {
        var event = claimed.event();
        var reader = readers.of(event.type());
        if (reader == null) {
            return Read.of(claimed, clock.instant(), Told.ignored(""));
        }
        var source =
                new Source(
                        event.environment(),
                        event.account(),
                        clock.instant().plus(READ_WITHIN),
                        event.id());
        var object = thin.object(json, source);
        var mode = object.path("livemode");
        if (mode.isBoolean() && mode.booleanValue() != event.environment().livemode()) {
            throw new Unreadable(Reason.OBJECT_OF_OTHER_MODE.text());
        }
        return Read.of(claimed, clock.instant(), reader.read(event, object, source));
    }

    /** When to try again: as Stripe asked, else after a delay that doubles. */
    Instant due(Claimed claimed, @Nullable Duration asked) {
        if (asked != null) {
            return clock.instant().plus(asked);
        }
        int doublings = Math.clamp(claimed.attempts() - 1, 0, MAX_DOUBLINGS);
        var delay = FIRST_DELAY.multipliedBy(1L << doublings);
        return clock.instant().plus(delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay);
    }
}
