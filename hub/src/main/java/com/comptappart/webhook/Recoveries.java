package com.comptappart.webhook;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Ids;
import com.comptappart.kernel.Page;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Refused;
import com.comptappart.queue.Wake;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Where what an endpoint did not get is counted, asked for again, watched and stopped. */
@Component
public class Recoveries {

    /** What goes again in a second unless the caller chose: new orders are not held up by it. */
    public static final int USUAL_PER_SECOND = 200;

    public static final int MOST_PER_SECOND = 1_000;

    /** Of one endpoint at the same time. */
    private static final int MOST_RUNNING = 5;

    /** Facts that are looked at to count those that are missing; the recovery itself goes on. */
    private static final int MOST_FACTS = 10_000;

    private static final int FACTS_PER_PAGE = 500;

    /** A recovery, and what it found when it was asked for. */
    public record Started(Recovery recovery, Waiting found) {}

    private final RecoveryRows rows;
    private final WaitingRows waiting;
    private final LeftBehind left;
    private final MissingNotifications missing;
    private final List<OwedFacts> sources;
    private final Wake wake;
    private final Clock clock;

    Recoveries(
            RecoveryRows rows,
            WaitingRows waiting,
            LeftBehind left,
            MissingNotifications missing,
            List<OwedFacts> sources,
            Wake wake,
            Clock clock) {
        this.rows = rows;
        this.waiting = waiting;
        this.left = left;
        this.missing = missing;
        this.sources = sources;
        this.wake = wake;
        this.clock = clock;
    }

    /**
     * What one endpoint did not get; one that was deleted, or never was, can be sent nothing.
     *
     * @param endpointId empty for what is held for want of an endpoint
     */
    public record Unsent(
            PartnerId partner, String endpointId, long failed, long held, Instant oldest) {}

    /** By endpoint, whose oldest waits longest first; a hundred of them at most. */
    public List<Unsent> unsent(@Nullable PartnerId partner, @Nullable Environment environment) {
        return waiting.unsent(partner, environment);
    }

    /** What that wish would send again; changes nothing. */
    @Transactional(readOnly = true)
    public Waiting found(Endpoint endpoint, Recovery.Wish wish) {
        check(wish);
        var count = new Waiting.Count();
        if (!wish.stored().isEmpty()) {
            waiting.count(count, endpoint, wish.stored(), wish.since(), wish.until());
        }
        if (wish.wants(Recovery.Status.FAILED)) {
            left.count(count, endpoint, wish);
        }
        if (wish.wants(Recovery.Status.MISSING)) {
            countMissing(count, endpoint, wish);
        }
        return count.sum();
    }

    private void countMissing(Waiting.Count count, Endpoint endpoint, Recovery.Wish wish) {
        var asked = RecoveryBatches.asked(endpoint, wish);
        // A fact is told by more than one source.
        var seen = new HashSet<List<Object>>();
        int looked = 0;
        for (OwedFacts source : sources) {
            @Nullable String after = "";
            while (after != null) {
                if (looked >= MOST_FACTS) {
                    count.isMore();
                    return;
                }
                var page = source.read(asked, after, FACTS_PER_PAGE);
                looked += page.facts().size();
                for (OwedNotification each : missing.among(page.facts(), endpoint)) {
                    if (seen.add(
                            Arrays.asList(
                                    each.eventId(),
                                    each.eventType(),
                                    each.order(),
                                    each.subject()))) {
                        WaitingRows.missing(count, each);
                    }
                }
                after = page.next();
            }
        }
    }

    /**
     * Has it sent again, in batches, by any node.
     *
     * @param askedBy the id of the API key that asked
     * @throws Refused when the endpoint is disabled or paused, or the same recovery, or several,
     *     are under way
     */
    @Transactional
    public Started start(Endpoint endpoint, Recovery.Wish wish, String askedBy) {
        var found = found(endpoint.sending(), wish);
        rows.alone(endpoint);
        rows.same(endpoint, wish, clock.instant())
                .ifPresent(running -> {
                    throw Refused.conflict(
                            "recovery_running",
                            "recovery "
                                    + running
                                    + " does the same already: watch it, or stop it first");
                });
        if (rows.running(endpoint) >= MOST_RUNNING) {
            throw Refused.conflict(
                    "too_many_recoveries",
                    "5 recoveries of this endpoint are running: wait for one to end, or stop one");
        }
        var recovery =
                new Recovery(
                        Ids.next("rec"),
                        endpoint.partner(),
                        endpoint.environment(),
                        endpoint.id(),
                        wish,
                        Recovery.State.RUNNING,
                        "",
                        found.count(),
                        0,
                        askedBy,
                        clock.instant(),
                        null);
        rows.insert(recovery, RecoveryBatches.first(wish, sources));
        wake.afterCommit(RecoveryWork.NAME);
        return new Started(recovery, found);
    }

    /** Newest first. A null partner or environment stands for the operator. */
    public Page<Recovery> list(
            @Nullable PartnerId partner, @Nullable Environment environment, PageRequest page) {
        return rows.list(partner, environment, page);
    }

    public Optional<Recovery> find(
            @Nullable PartnerId partner, @Nullable Environment environment, String id) {
        return rows.find(partner, environment, id);
    }

    /** Sends nothing more of it; what was sent again stays so. Nothing happens where it ended. */
    @Transactional
    public Recovery stop(Recovery recovery) {
        rows.end(recovery, Recovery.State.STOPPED, "", clock.instant());
        return rows.find(recovery.partner(), null, recovery.id()).orElse(recovery);
    }

    private static void check(Recovery.Wish wish) {
        if (!wish.since().isBefore(wish.until())) {
            throw Refused.invalid("until_invalid", "until: a time after since");
        }
        if (wish.statuses().isEmpty()) {
            throw Refused.invalid(
                    "statuses_invalid", "statuses: at least one of failed, held, missing");
        }
        if (wish.perSecond() < 1 || wish.perSecond() > MOST_PER_SECOND) {
            throw Refused.invalid("per_second_invalid", "per_second: between 1 and 1000");
        }
    }
}
