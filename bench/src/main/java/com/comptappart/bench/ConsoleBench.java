package com.comptappart.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * {@code ./comptappart bench --console}: how long the lists of the console take where one partner
 * has very many orders.
 */
public final class ConsoleBench {

    private static final double WANTED_MILLIS = 200;
    private static final int WARM_UP = 10;
    private static final Duration QUIET_WITHIN = Duration.ofMinutes(15);

    /**
     * @param orders of the one partner
     * @param requests of each page that are measured
     */
    private record Asked(int orders, int requests, boolean keep) {

        static Asked of(String[] arguments) {
            int orders = 100_000;
            int requests = 40;
            boolean keep = false;
            for (String argument : arguments) {
                if (argument.matches("--orders=[1-9][0-9]{2,7}")) {
                    orders = Integer.parseInt(argument.substring("--orders=".length()));
                } else if (argument.matches("--requests=[1-9][0-9]{0,4}")) {
                    requests = Integer.parseInt(argument.substring("--requests=".length()));
                } else if (argument.equals("--keep")) {
                    keep = true;
                } else {
                    throw new IllegalArgumentException(
                            "usage: ./comptappart bench --console [--orders=100000] [--requests=40]"
                                    + " [--keep]; there is no "
                                    + argument);
                }
            }
            return new Asked(orders, requests, keep);
        }
    }

    private final Asked asked;
    private final HubProcess hub;

    private ConsoleBench(Asked asked, HubProcess hub) {
        this.asked = asked;
        this.hub = hub;
    }

    /** Ends with 0; 1 where a list is too slow or does not come. */
    public static void main(String[] arguments) throws Exception {
        Asked asked;
        try {
            asked = Asked.of(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println("bench: " + e.getMessage());
            System.exit(2);
            return;
        }
        System.exit(run(asked) ? 0 : 1);
    }

    private static boolean run(Asked asked) throws Exception {
        Path directory = Stage.directory(null);
        Path data = directory.resolve("data");
        var environment = Stage.seller();
        environment.put("COMPTAPPART_WEBHOOK_ALLOWEDNETWORKS", "127.0.0.0/8");
        try {
            long start = System.nanoTime();
            ConsoleLedger.issue(data, asked.orders());
            System.out.printf(
                    Locale.ROOT,
                    "documents of %d orders issued in %.0f s%n",
                    asked.orders(),
                    secondsSince(start));
            try (var hub =
                    new HubProcess(Bench.hubJar(Bench.root()), data, environment, List.of())) {
                hub.start();
                return new ConsoleBench(asked, hub).run();
            }
        } finally {
            Stage.remove(directory, asked.keep());
        }
    }

    private boolean run() throws SQLException, IOException, InterruptedException {
        long start = System.nanoTime();
        var ledger = ConsoleLedger.fill(hub);
        System.out.printf(Locale.ROOT, "the rest filled in %.0f s%n", secondsSince(start));
        await(ledger);
        System.out.println(Machine.description(hub.data()));
        var visit = new ConsoleVisit(hub.port());
        visit.signIn();
        var pages = new ConsolePages(ledger, hub.data()).all();
        System.out.printf(
                Locale.ROOT,
                "%d requests of each page, one after the other, after %d; load %.1f; milliseconds at"
                        + " the client, of which the server's are a part%n%8s %8s %8s %8s%n",
                asked.requests(),
                WARM_UP,
                Machine.load(),
                "p50",
                "p95",
                "max",
                "bytes");
        int slow = 0;
        for (String page : pages) {
            slow += isFast(visit, page) ? 0 : 1;
        }
        System.out.printf(
                Locale.ROOT,
                "%s  p95 of %d of %d pages is under %.0f ms; load %.1f%n",
                slow == 0 ? "reached" : "MISSED ",
                pages.size() - slow,
                pages.size(),
                WANTED_MILLIS,
                Machine.load());
        return slow == 0;
    }

    /** Measures one page and says it. */
    private boolean isFast(ConsoleVisit visit, String page) throws InterruptedException {
        for (int i = 0; i < WARM_UP; i++) {
            visit.open(page);
        }
        var micros = new int[asked.requests()];
        int bytes = 0;
        int refused = 0;
        for (int i = 0; i < micros.length; i++) {
            var seen = visit.open(page);
            micros[i] = seen.micros();
            bytes = Math.max(bytes, seen.bytes());
            refused = seen.status() == 200 ? refused : seen.status();
        }
        var latencies = Latencies.of(0, micros.length, i -> micros[i]);
        boolean fast = refused == 0 && latencies.millis(0.95) < WANTED_MILLIS;
        System.out.printf(
                Locale.ROOT,
                "%8.1f %8.1f %8.1f %8d  %s%s%n",
                latencies.millis(0.5),
                latencies.millis(0.95),
                latencies.millis(1),
                bytes,
                page.replaceAll("^/c/.*", "/c/…"),
                refused != 0 ? "  answered " + refused : fast ? "" : "  MISSED");
        return fast;
    }

    /** What the hub makes of what it was filled with is not what is measured. */
    private static void await(ConsoleLedger ledger) throws SQLException, InterruptedException {
        long start = System.nanoTime();
        while (ledger.waiting() > 0) {
            if (System.nanoTime() - start > QUIET_WITHIN.toNanos()) {
                throw new IllegalStateException(
                        "the hub still works on what it was filled with after " + QUIET_WITHIN);
            }
            Thread.sleep(1_000);
        }
        System.out.printf(
                Locale.ROOT, "found and closed by the hub %.0f s later%n", secondsSince(start));
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
