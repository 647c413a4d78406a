package com.comptappart.bench;

import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/**
 * Delivery alone: notifications that are already owed, partners on loopback. Once with partners
 * that all answer, and once with as many more that hang until the time limit.
 */
final class DeliveryRun {

    private static final String OPERATOR_KEY = "ca_operator_benchbenchbenchbenchbenchbench";
    private static final String HEALTHY = "/healthy/";
    private static final String HANGING = "/hanging/";
    private static final Duration STALL = Duration.ofSeconds(60);
    private static final int COUNTED = 5_000;
    private static final double TARGET_PER_SECOND = 10_000;
    private static final double TARGET_SHARE = 0.8;
    private static final double TARGET_STATEMENTS = 4;

    private final DeliveryOptions options;
    private final HubProcess hub;
    private final Arrivals arrivals;
    private final HubDatabase server;
    private final DeliveryDatabase database;
    private final List<DeliveryPhase> phases = new ArrayList<>();
    private int owed;

    private DeliveryRun(DeliveryOptions options, HubProcess hub, Arrivals arrivals)
            throws SQLException {
        this.options = options;
        this.hub = hub;
        this.arrivals = arrivals;
        server = HubDatabase.of(hub.data());
        database = new DeliveryDatabase(server, hub.data());
    }

    /** Returns whether everything arrived, once. */
    static boolean run(DeliveryOptions options, Path jar)
            throws InterruptedException, SQLException {
        Path directory = Stage.directory(options.dataDirectory());
        var arrivals = new Arrivals();
        var environment =
                Map.of(
                        "COMPTAPPART_OPERATOR_KEY",
                        OPERATOR_KEY,
                        "COMPTAPPART_WEBHOOK_ALLOWEDNETWORKS",
                        "127.0.0.0/8");
        var jvm =
                options.profile()
                        ? Stage.recording(directory.resolve("hub.jfr"))
                        : List.<String>of();
        try (var doors = new Doors();
                var hub = new HubProcess(jar, directory.resolve("data"), environment, jvm)) {
            int healthy = doors.open(arrivals::healthy);
            int hanging = doors.open(Arrivals::hanging);
            doors.start();
            System.out.println("starting the hub…");
            hub.start();
            var api = new HubApi(hub.port(), OPERATOR_KEY);
            for (int i = 0; i < options.endpoints(); i++) {
                for (String kind : List.of(HEALTHY, HANGING)) {
                    String slug = "bench" + kind.replace('/', '-') + i;
                    int port = kind.equals(HEALTHY) ? healthy : hanging;
                    api.partner(slug);
                    api.endpoint(slug, "http://127.0.0.1:" + port + kind + i);
                }
            }
            return new DeliveryRun(options, hub, arrivals).run(api);
        } finally {
            Stage.remove(directory, options.keep());
        }
    }

    private boolean run(HubApi api) throws InterruptedException, SQLException {
        try (database) {
            burst("warm-up", options.warmUp());
            steady("warm-up", api);
            phases.clear();
            long counted = statements();
            phases.add(steady("pings, all answer", api));
            var alone = burst("all at once, all answer", options.notifications());
            database.owe(owed, owed + options.notifications(), HANGING);
            owed += options.notifications();
            Thread.sleep(Duration.ofSeconds(2));
            phases.add(steady("pings, half hang", api));
            var beside = burst("all at once, half hang", options.notifications());
            print(System.out, alone, beside, counted / (double) COUNTED);
            return arrivals.repeated() == 0;
        }
    }

    /** Statements of so many deliveries: counted apart, since the log that tells them is slow. */
    private long statements() throws InterruptedException, SQLException {
        database.logStatements(true);
        Thread.sleep(200);
        long before = database.loggedStatements();
        burst("counted", COUNTED);
        phases.clear();
        long after = database.loggedStatements();
        database.logStatements(false);
        return after - before;
    }

    /** So many owed at the same moment, until the last has come and is recorded. */
    private DeliveryPhase burst(String name, int count) throws InterruptedException, SQLException {
        System.out.println(name + ": " + count + " notifications are owed…");
        int from = owed;
        owed += count;
        double load = Machine.load();
        int before = arrivals.count();
        database.owe(from, owed, HEALTHY);
        long start = System.nanoTime();
        var work = server.work();
        var times = ProcessTimes.of(hub.pid(), server.pid());
        await(before + count);
        var ids = new ArrayList<String>();
        for (int n = from; n < owed; n++) {
            ids.add(DeliveryDatabase.id(n));
        }
        long last = ids.stream().mapToLong(id -> arrived(id, start)).max().orElse(start);
        var phase =
                new DeliveryPhase(
                        name,
                        count,
                        count * 1e9 / (last - start),
                        Latencies.of(0, count, n -> micros(arrived(ids.get(n), start) - start)),
                        server.work().since(work),
                        used(times),
                        load);
        phases.add(phase);
        return phase;
    }

    /** One ping after the other, round the endpoints that answer: nothing waits but for the hub. */
    private DeliveryPhase steady(String name, HubApi api)
            throws InterruptedException, SQLException {
        System.out.println(name + ": " + options.rate() + " a second…");
        var endpoints = database.endpoints(HEALTHY);
        Map<String, Long> asked = new ConcurrentHashMap<>();
        double load = Machine.load();
        int before = arrivals.count();
        var work = server.work();
        var times = ProcessTimes.of(hub.pid(), server.pid());
        int count = options.rate() * options.seconds();
        long start = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                String endpoint = endpoints.get(i % endpoints.size());
                long due = start + i * 1_000_000_000L / options.rate();
                Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
                threads.execute(() -> {
                    try {
                        asked.put(api.ping(endpoint), due);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
            }
        }
        await(before + count);
        double seconds = (System.nanoTime() - start) / 1e9;
        var waits = new HashMap<Integer, Integer>();
        asked.forEach((id, due) -> waits.put(waits.size(), micros(arrived(id, due) - due)));
        return new DeliveryPhase(
                name,
                count,
                count / seconds,
                Latencies.of(0, waits.size(), n -> waits.getOrDefault(n, -1)),
                server.work().since(work),
                used(times),
                load);
    }

    private void await(int expected) throws InterruptedException, SQLException {
        int last = -1;
        long since = System.nanoTime();
        while (arrivals.count() < expected || database.waiting(HEALTHY) > 0) {
            if (arrivals.count() != last) {
                last = arrivals.count();
                since = System.nanoTime();
            }
            if (System.nanoTime() - since > STALL.toNanos()) {
                throw new IllegalStateException(
                        (expected - arrivals.count())
                                + " notifications did not arrive; the hub's last words:\n"
                                + hub.lastWords());
            }
            Thread.sleep(50);
        }
    }

    private long arrived(String id, long otherwise) {
        Long at = arrivals.at(id);
        return at == null ? otherwise : at;
    }

    private static int micros(long nanos) {
        return Math.clamp(nanos / 1_000, 0, Integer.MAX_VALUE);
    }

    private Optional<ProcessTimes> used(Optional<ProcessTimes> before) {
        return ProcessTimes.of(hub.pid(), server.pid()).flatMap(after -> before.map(after::since));
    }

    private void print(
            PrintStream out, DeliveryPhase alone, DeliveryPhase beside, double statements) {
        out.println();
        out.println(Machine.description(hub.data()));
        out.printf(
                Locale.ROOT,
                "%d endpoints that answer; where half hang, as many more never do and have %d notifications waiting%n%n",
                options.endpoints(),
                options.notifications());
        DeliveryPhase.head(out);
        phases.forEach(phase -> phase.print(out));
        alone.cpu().ifPresent(cpu -> threads(out, cpu));
        out.println();
        target(
                out,
                alone.perSecond() >= TARGET_PER_SECOND,
                String.format(Locale.ROOT, "%.0f deliveries/s, wanted 10000", alone.perSecond()));
        double share = beside.perSecond() / alone.perSecond();
        target(
                out,
                share >= TARGET_SHARE,
                String.format(
                        Locale.ROOT, "%.0f %% of it with half hanging, wanted 80", 100 * share));
        target(
                out,
                statements <= TARGET_STATEMENTS,
                String.format(
                        Locale.ROOT,
                        "%.3f statements per delivery, BEGIN and COMMIT among them, wanted 4 at most",
                        statements));
        out.printf(Locale.ROOT, "%d calls came twice%n", arrivals.repeated());
    }

    private static void threads(PrintStream out, ProcessTimes cpu) {
        out.println();
        out.println("the hub's processor time by thread, all at once, all answer:");
        cpu.byThreadName().entrySet().stream()
                .filter(each -> each.getValue() * 50 > cpu.hubMillis())
                .sorted(Map.Entry.comparingByValue(java.util.Comparator.reverseOrder()))
                .forEach(each ->
                        out.printf(
                                Locale.ROOT,
                                "  %-16s %5.1f %%%n",
                                each.getKey(),
                                100.0 * each.getValue() / cpu.hubMillis()));
    }

    private static void target(PrintStream out, boolean reached, String what) {
        out.printf(Locale.ROOT, "%s  %s%n", reached ? "reached " : "MISSED  ", what);
    }
}
