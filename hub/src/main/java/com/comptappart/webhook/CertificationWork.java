package com.comptappart.webhook;

import com.comptappart.queue.Work;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Does certifications, each on a thread of its own: an endpoint that hangs holds up no other. */
@Component
class CertificationWork implements Work {

    static final String NAME = "certification";

    /** Of this node; others wait. */
    private static final int MOST_AT_ONCE = 16;

    private static final Duration STOP_WITHIN = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(CertificationWork.class);

    private final CertificationRows rows;
    private final Secrets secrets;
    private final Prober prober;
    private final Clock clock;
    private final Semaphore free = new Semaphore(MOST_AT_ONCE);
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("certification-", 1).factory());

    CertificationWork(CertificationRows rows, Secrets secrets, Prober prober, Clock clock) {
        this.rows = rows;
        this.secrets = secrets;
        this.prober = prober;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int round() throws InterruptedException {
        if (!free.tryAcquire(poll().toMillis(), TimeUnit.MILLISECONDS)) {
            return 0;
        }
        boolean goesOn = false;
        try {
            var claimed = rows.claim();
            claimed.ifPresent(run -> threads.execute(() -> run(run)));
            goesOn = claimed.isPresent();
            return goesOn ? 1 : 0;
        } finally {
            if (!goesOn) {
                free.release();
            }
        }
    }

    private void run(CertificationRows.Claimed run) {
        try {
            probe(run);
        } catch (InterruptedException e) {
            LOG.info(
                    "certification {} was under way when the hub stopped: it can be started again",
                    run.certification().id());
            rows.interrupt(run);
        } catch (RuntimeException e) {
            LOG.error(
                    "certification {} failed on our side and is shown as interrupted",
                    run.certification().id(),
                    e);
            rows.interrupt(run);
        } finally {
            free.release();
        }
    }

    private void probe(CertificationRows.Claimed claimed) throws InterruptedException {
        var certification = claimed.certification();
        var target = secrets.target(certification.partner(), certification.endpointId());
        if (target.isEmpty()) {
            rows.interrupt(claimed);
            return;
        }
        var run = prober.run(target.get(), certification.scenario(), claimed.position());
        boolean passed = true;
        boolean answers = true;
        int number = 0;
        for (Probe probe : certification.whole() ? Probe.all() : List.of(Probe.SAMPLE)) {
            var result = answers ? made(run, probe) : notTried(probe);
            passed &= result.verdict().passed();
            answers &= probe != Probe.VALID || result.verdict() != Verdict.NO_ANSWER;
            if (!rows.add(claimed, ++number, result)) {
                return;
            }
        }
        rows.end(claimed, passed);
    }

    private ProbeResult made(Prober.Run run, Probe probe) throws InterruptedException {
        var at = clock.instant();
        var calls = prober.probe(run, probe);
        return new ProbeResult(probe, Verdict.of(probe, calls), at, calls);
    }

    private ProbeResult notTried(Probe probe) {
        return new ProbeResult(probe, Verdict.NOT_TRIED, clock.instant(), List.of());
    }

    @PreDestroy
    void stop() throws InterruptedException {
        threads.shutdownNow();
        if (!threads.awaitTermination(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("a certification did not end with the hub; its lease ends by itself");
        }
    }
}
