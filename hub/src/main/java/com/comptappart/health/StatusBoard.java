package com.comptappart.health;

import com.comptappart.health.Board.Level;
import com.comptappart.health.Board.Name;
import com.comptappart.health.Board.Service;
import com.comptappart.kernel.Backlog;
import com.comptappart.kernel.Backlogs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Looks at what waits, at most once in some seconds however many ask, and says whether the hub
 * keeps up. A database that doesn't answer is an answer too, and comes in two seconds.
 */
@Component
public class StatusBoard {

    /** Something due that nobody does for that long. */
    static final Duration SLOW_AFTER = Duration.ofMinutes(1);

    static final Duration DOWN_AFTER = Duration.ofMinutes(15);

    private static final Logger LOG = LoggerFactory.getLogger(StatusBoard.class);
    private static final Duration KEPT = Duration.ofSeconds(10);
    private static final long PATIENCE_MILLIS = 2_000;

    private final List<Backlogs> sources;
    private final Clock clock;
    private final Map<Name, Service> known = new EnumMap<>(Name.class);
    private @Nullable Board last;
    private @Nullable CompletableFuture<Board> asked;

    StatusBoard(List<Backlogs> sources, Clock clock) {
        this.sources = List.copyOf(sources);
        this.clock = clock;
        for (var name : Name.values()) {
            known.put(name, new Service(name, Level.OK, clock.instant()));
        }
    }

    public Board now() {
        CompletableFuture<Board> looking;
        synchronized (this) {
            var board = last;
            if (board != null && clock.instant().isBefore(board.checkedAt().plus(KEPT))) {
                return board;
            }
            looking = looking();
        }
        try {
            return looking.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return silent();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the state of the hub can't be told", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return silent();
        }
    }

    /** One look at a time, whoever asks for it. */
    private synchronized CompletableFuture<Board> looking() {
        var under = asked;
        if (under != null && !under.isDone()) {
            return under;
        }
        var fresh = new CompletableFuture<Board>();
        asked = fresh;
        Thread.ofVirtual().name("status").start(() -> complete(fresh));
        return fresh;
    }

    private void complete(CompletableFuture<Board> asked) {
        try {
            var now = clock.instant();
            asked.complete(seen(now, sources.stream().map(each -> each.at(now)).toList()));
        } catch (DataAccessException e) {
            LOG.warn("the database does not answer; the status page says so: {}", e.toString());
            asked.complete(silent());
        } catch (RuntimeException | Error e) {
            asked.completeExceptionally(e);
        }
    }

    private synchronized Board seen(Instant now, List<Backlog> backlogs) {
        var services =
                Arrays.stream(Name.values()).map(name -> service(name, backlogs, now)).toList();
        last = new Board(now, true, services, backlogs);
        return last;
    }

    private Service service(Name name, List<Backlog> backlogs, Instant now) {
        var oldest =
                backlogs.stream()
                        .filter(each -> each.work().equals(name.work()))
                        .map(Backlog::oldestDue)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
        return kept(name, level(oldest, now), oldest == null ? now : oldest);
    }

    static Level level(@Nullable Instant oldestDue, Instant now) {
        if (oldestDue == null || oldestDue.plus(SLOW_AFTER).isAfter(now)) {
            return Level.OK;
        }
        return oldestDue.plus(DOWN_AFTER).isAfter(now) ? Level.SLOW : Level.DOWN;
    }

    private synchronized Board silent() {
        var now = clock.instant();
        var services =
                Arrays.stream(Name.values()).map(name -> kept(name, Level.DOWN, now)).toList();
        last = new Board(now, false, services, List.of());
        return last;
    }

    /** As long as the level stays, so does its beginning. */
    private Service kept(Name name, Level level, Instant since) {
        var before = known.get(name);
        if (before != null && before.level() == level) {
            return before;
        }
        var service = new Service(name, level, level == Level.OK ? clock.instant() : since);
        known.put(name, service);
        return service;
    }
}
