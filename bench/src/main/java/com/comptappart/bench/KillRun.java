package com.comptappart.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Every event twice, in random order, over several connections, while the hub is killed with
 * SIGKILL three times and started again; as Stripe does, what was not answered 200 is posted again.
 */
final class KillRun {

    private static final int KILLS = 3;

    /** What a killed hub had claimed comes back when its lease ends: minutes, at every step. */
    private static final Duration STALL = Duration.ofMinutes(8);

    private final Options options;
    private final Random random;

    private KillRun(Options options) {
        this.options = options;
        this.random = new Random(options.seed());
    }

    /** Returns whether everything that was promised holds. */
    static boolean run(Options options, Path jar) throws InterruptedException {
        return new KillRun(options).run(jar);
    }

    private boolean run(Path jar) throws InterruptedException {
        try (var stage = new Stage(options, jar)) {
            var hook = Bench.onInterrupt(stage);
            System.out.printf(Locale.ROOT, "seed %d; starting the hub…%n", options.seed());
            stage.start();
            var poster = stage.poster();
            int[] events = twiceShuffled();
            int from = 0;
            long start = System.nanoTime();
            for (int part = 1; part <= KILLS + 1; part++) {
                int to = events.length * part / (KILLS + 1);
                var posting = Arrays.copyOfRange(events, from, to);
                var threads = poster.start(posting, options.connections(), options.rate());
                if (part <= KILLS) {
                    killAmid(stage, poster, part, posting.length);
                }
                join(threads);
                from = to;
            }
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
            boolean holds = judge(stage, poster, seconds);
            Bench.forget(hook);
            return holds && through;
        }
    }

    /**
     * Somewhere in the middle of this part's posts; the second time while mails go out, the third
     * while partners are told.
     */
    private void killAmid(Stage stage, StripePoster poster, int kill, int posts)
            throws InterruptedException {
        var seen = stage.sightings();
        int accepted = poster.accepted() + (int) ((0.2 + 0.6 * random.nextDouble()) * posts);
        int mails = seen.mails();
        int notifications = seen.notifications();
        long end = System.nanoTime() + STALL.toNanos();
        while (poster.accepted() < accepted
                || (kill == 2 && seen.mails() == mails)
                || (kill == 3 && seen.notifications() == notifications)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("no progress:\n" + stage.hub().lastWords());
            }
            Thread.sleep(2);
        }
        Thread.sleep(random.nextInt(200));
        stage.hub().kill();
        System.out.printf(
                Locale.ROOT,
                "SIGKILL %d: %d orders accepted, %d mailed, %d told until now; starting again…%n",
                kill,
                seen.accepted(),
                seen.mailedOrders(),
                seen.notifiedOrders());
        long start = System.nanoTime();
        stage.hub().start();
        System.out.printf(
                Locale.ROOT, "the hub is back after %.1f s%n", (System.nanoTime() - start) / 1e9);
    }

    private boolean judge(Stage stage, StripePoster poster, double seconds)
            throws InterruptedException {
        // The last attempts are recorded after the partner has seen them.
        Thread.sleep(2_000);
        var outcome = Outcome.of(options.orders(), stage.api(), stage.sightings());
        stage.hub().stop();
        int ledger = stage.hub().verify();
        if (ledger != 0) {
            System.out.println(stage.hub().lastWords());
        }
        System.out.println();
        System.out.printf(
                Locale.ROOT,
                "posts repeated for want of an answer %d, refused %d%n",
                poster.repeated(),
                poster.refused());
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
