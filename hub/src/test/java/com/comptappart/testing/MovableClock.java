package com.comptappart.testing;

import java.time.Instant;
import java.time.InstantSource;

/** Stands where the test puts it. */
public final class MovableClock implements InstantSource {

    private volatile Instant now;

    public MovableClock(String now) {
        this.now = Instant.parse(now);
    }

    public void moveTo(String instant) {
        now = Instant.parse(instant);
    }

    @Override
    public Instant instant() {
        return now;
    }
}
