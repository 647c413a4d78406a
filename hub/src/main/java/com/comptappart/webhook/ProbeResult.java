package com.comptappart.webhook;

import java.time.Instant;
import java.util.List;

/** What a probe sent, what came, and what that says. */
public record ProbeResult(Probe probe, Verdict verdict, Instant at, List<ProbeCall> calls) {
    public ProbeResult {
        calls = List.copyOf(calls);
    }
}
