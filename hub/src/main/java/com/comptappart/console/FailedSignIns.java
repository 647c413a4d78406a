package com.comptappart.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Slows down who tries keys: ten wrong ones a minute and address, then none until it is over. */
@Component
class FailedSignIns {

    static final int ALLOWED = 10;
    static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MOST_ADDRESSES = 10_000;

    private record Failures(Instant since, int count) {}

    private final Clock clock;
    private final Map<String, Failures> byAddress = new LinkedHashMap<>();

    FailedSignIns(Clock clock) {
        this.clock = clock;
    }

    synchronized boolean mayTry(String address) {
        var failures = byAddress.get(address);
        return failures == null || isOver(failures) || failures.count() < ALLOWED;
    }

    synchronized void note(String address) {
        var failures = byAddress.get(address);
        if (failures == null || isOver(failures)) {
            byAddress.remove(address);
            makeRoom();
            byAddress.put(address, new Failures(clock.instant(), 1));
            return;
        }
        byAddress.put(address, new Failures(failures.since(), failures.count() + 1));
    }

    synchronized void forget(String address) {
        byAddress.remove(address);
    }

    /** The oldest go first: the map keeps the order in which windows began. */
    private void makeRoom() {
        var oldest = byAddress.entrySet().iterator();
        while (oldest.hasNext()) {
            var entry = oldest.next();
            if (byAddress.size() < MOST_ADDRESSES && !isOver(entry.getValue())) {
                return;
            }
            oldest.remove();
        }
    }

    private boolean isOver(Failures failures) {
        return !clock.instant().isBefore(failures.since().plus(WINDOW));
    }
}
