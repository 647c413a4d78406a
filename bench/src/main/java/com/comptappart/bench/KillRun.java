package com.comptappart.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Every event twice, in random order, over several connections, while nodes of the hub and its
 * PostgreSQL are killed at random moments and started again; as Stripe does, what was not answered
 * 200 is posted again. Every fortieth call is answered 503 by its partner.
 */
final class KillRun {

    /** What a killed node had claimed comes back when its lease ends: minutes, at every step. */
    private static final Duration STALL = Duration.ofMinutes(8);

    /**
     * Between two strikes: so long that a node that just started gets to every kind of its work.
     */
    private static final Duration CALM_AT_MOST = Duration.ofSeconds(6);

    private final Options options;
    private final int kills;
    private final Stage stage;
    private final Strikes strikes;
    private final Random random;
    private final Map<Victim, Integer> struck = new EnumMap<>(Victim.class);

    private KillRun(KillOptions options, Stage stage) {
        this.options = options.load();
        this.kills = options.kills();
        this.stage = stage;
        random = new Random(this.options.seed());
        strikes = new Strikes(stage, random);
    }

    /** Returns whether everything that was promised holds. */
    static boolean run(KillOptions options, Path jar) throws InterruptedException {
        try (var stage = Stage.forKills(options, jar)) {
            return new KillRun(options, stage).run();
        }
    }

    private boolean run() throws InterruptedException {
        var hook = Bench.onInterrupt(stage);
        System.out.printf(
                Locale.ROOT, "seed %d; starting %s…%n", options.seed(), stage.description());
        stage.start();
        var poster = stage.poster();
        int[] events = twiceShuffled();
        long start = System.nanoTime();
        for (int kill = 1; kill <= kills; kill++) {
            int from = (int) ((long) events.length * (kill - 1) / kills);
            int to = (int) ((long) events.length * kill / kills);
            var posting = Arrays.copyOfRange(events, from, to);
            var threads = poster.start(posting, options.connections(), options.rate());
            strike(kill);
            join(threads);
        }
        strikes.end();
        System.out.printf(
                Locale.ROOT,
                "all %d posts were answered 200; waiting for what is owed…%n",
                events.length);
        boolean through = stage.await(options.orders(), STALL);
        double seconds = (System.nanoTime() - start) / 1e9;
        if (!through) {
            System.out.printf(
                    Locale.ROOT,
                    "not all came out; the hub's last words:%n%s%n",
                    stage.hub().lastWords());
        }
        boolean holds = judge(poster, seconds);
        Bench.forget(hook);
        return holds && through;
    }

    /** While this part's posts come in, or while what they caused goes on. */
    private void strike(int kill) throws InterruptedException {
        Thread.sleep(random.nextLong(CALM_AT_MOST.toMillis()));
        var victim = Victim.any(random, stage.hubs().size() > 1);
        long start = System.nanoTime();
        strikes.strike(victim);
        struck.merge(victim, 1, Integer::sum);
        var seen = stage.sightings();
        System.out.printf(
                Locale.ROOT,
                "kill %d, %s: %d orders accepted, %d mailed, %d told until now; back after %.1f s%n",
                kill,
                victim.words(),
                seen.accepted(),
                seen.mailedOrders(),
                seen.notifiedOrders(),
                (System.nanoTime() - start) / 1e9);
    }

    private boolean judge(StripePoster poster, double seconds) throws InterruptedException {
        var outcome = stage.outcome(options.orders());
        stage.hubs().forEach(HubProcess::stopOrKill);
        int ledger = stage.hub().verify();
        if (ledger != 0) {
            System.out.println(stage.hub().lastWords());
        }
        System.out.println();
        System.out.println(
                "killed: "
                        + struck.entrySet().stream()
                                .map(each -> each.getValue() + " × " + each.getKey().words())
                                .collect(Collectors.joining(", ")));
        System.out.printf(
                Locale.ROOT,
                "posts repeated for want of an answer %d, answered otherwise than 200 %d; calls that their partner answered 503: %d; mails to partners about that: %d%n",
                poster.repeated(),
                poster.refused(),
                stage.sightings().refusals(),
                stage.sightings().alerts());
        Report.print(outcome, System.out);
        System.out.printf(
                Locale.ROOT,
                "ledger: %s%n",
                ledger == 0 ? "verify holds" : "verify fails, see above");
        System.out.printf(
                Locale.ROOT,
                "everything was through after %.0f s, load average %.1f%n",
                seconds,
                Machine.load());
        return outcome.holds() && ledger == 0;
    }

    private int[] twiceShuffled() {
        int orders = options.orders();
        int[] events = IntStream.range(0, 2 * orders).map(i -> i % orders).toArray();
        for (int i = events.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int other = events[i];
            events[i] = events[j];
            events[j] = other;
        }
        return events;
    }

    private static void join(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
