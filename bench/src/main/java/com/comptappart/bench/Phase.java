package com.comptappart.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A part of the load run, measured.
 *
 * @param acceptedPerSecond events that the hub made durable, while they were posted
 * @param perSecond orders from the first POST until the last mail and notification were out
 * @param waiting orders not through when the last event was accepted
 * @param cpu empty where the system has no {@code /proc}
 * @param through whether all orders came out
 */
record Phase(
        String name,
        int orders,
        double acceptedPerSecond,
        double perSecond,
        int waiting,
        Latencies toAnswer,
        Latencies toPartner,
        Latencies toMail,
        double seconds,
        Optional<ProcessTimes> cpu,
        HubDatabase.Work database,
        double stripeCallsPerOrder,
        double mailKibibytes,
        int refused,
        double load,
        Instant start,
        Instant end,
        boolean through) {

    private static final Duration STALL = Duration.ofSeconds(60);

    /** What is posted and how fast. */
    record Plan(String name, int from, int to, int connections, double rate) {}

    static Phase run(Plan plan, Stage stage) throws InterruptedException {
        var seen = stage.sightings();
        var database = stage.database();
        var poster = stage.poster();
        int calls = seen.stripeCalls();
        long bytes = seen.mailBytes();
        int mails = seen.mails();
        var workBefore = settled(database);
        var start = Instant.now();
        var before = ProcessTimes.of(stage.hub().pid(), database.pid());
        poster.post(
                IntStream.range(plan.from(), plan.to()).toArray(), plan.connections(), plan.rate());
        boolean through = stage.await(plan.to(), STALL);
        var after = ProcessTimes.of(stage.hub().pid(), database.pid());
        var end = Instant.now();
        var work = settled(database).since(workBefore);
        int orders = plan.to() - plan.from();
        long first = seen.firstPost(plan.from(), plan.to());
        long accepted = seen.lastAccepted(plan.from(), plan.to());
        double seconds = (seen.lastEnd(plan.from(), plan.to()) - first) / 1e9;
        return new Phase(
                plan.name(),
                orders,
                orders * 1e9 / (accepted - first),
                orders / seconds,
                seen.waitingAt(accepted, plan.from(), plan.to()),
                seen.toAnswer(plan.from(), plan.to()),
                seen.toPartner(plan.from(), plan.to()),
                seen.toMail(plan.from(), plan.to()),
                seconds,
                after.flatMap(now -> before.map(now::since)),
                work,
                (seen.stripeCalls() - calls) / (double) orders,
                (seen.mailBytes() - bytes) / 1_024.0 / Math.max(1, seen.mails() - mails),
                poster.refused() + poster.repeated(),
                Machine.load(),
                start,
                end,
                through);
    }

    /** PostgreSQL's sessions tell of their work with a delay of up to a second. */
    private static HubDatabase.Work settled(HubDatabase database) throws InterruptedException {
        Thread.sleep(1_500);
        return database.work();
    }
}
