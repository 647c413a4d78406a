package com.comptappart.webhook;

import com.comptappart.queue.Work;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Works recoveries off, a batch of one at a time. */
@Component
class RecoveryWork implements Work {

    static final String NAME = "recovery";

    private final RecoveryBatches batches;

    RecoveryWork(RecoveryBatches batches) {
        this.batches = batches;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Short, since the next batch becomes due without a signal. */
    @Override
    public Duration poll() {
        return Duration.ofMillis(500);
    }

    @Override
    public int round() {
        return batches.next() ? 1 : 0;
    }
}
