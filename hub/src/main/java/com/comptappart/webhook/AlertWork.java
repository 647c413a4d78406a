package com.comptappart.webhook;

import com.comptappart.queue.Work;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Says what is to be said of endpoints. */
@Component
class AlertWork implements Work {

    static final String NAME = "alerts";

    private final EndpointAlerts alerts;

    AlertWork(EndpointAlerts alerts) {
        this.alerts = alerts;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** What becomes due by time alone is said so much later at most. */
    @Override
    public Duration poll() {
        return Duration.ofSeconds(10);
    }

    @Override
    public int round() {
        return alerts.tell();
    }
}
