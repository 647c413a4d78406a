package com.comptappart.bench;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asked for.
 *
 * @param orders of the phase at full speed, or of the kill run
 * @param rate orders per second in that phase, 0 for as fast as the connections allow
 * @param dataDirectory where the run's directory is made; null for the system's temporary one
 */
record Options(
        int orders,
        int connections,
        double rate,
        int partners,
        int warmUp,
        double steadyRate,
        int steadyOrders,
        long seed,
        boolean kill,
        boolean profile,
        boolean keep,
        @Nullable Path dataDirectory) {

    static final String USAGE =
            """
            usage: ./comptappart bench [--orders=20000] [--connections=8] [--rate=0] [--partners=20] [--warmup=20000]
                                       [--steady-rate=100] [--steady-orders=3000] [--profile] [--data-dir=DIR] [--keep]
                   ./comptappart bench --kill [--kills=200] [--nodes=1] [--orders=10000] [--connections=8] [--rate=150]
                                              [--partners=20] [--seed=N]
                   ./comptappart bench --delivery [--notifications=50000] [--endpoints=50] [--warmup=50000] [--rate=100] [--seconds=15]
                   ./comptappart bench --render [--quick]
                   ./comptappart bench --numbering [--rows=1000000]
                   ./comptappart bench --exports [--rows=1000000] [--keep]
                   ./comptappart bench --console [--orders=100000] [--requests=40] [--keep]

              --orders         how many orders, each its own Stripe event
              --rate           orders (with --kill: posts) per second; 0: as fast as the connections allow
              --kill           every event twice, in random order, while nodes of the hub and PostgreSQL are killed with
                               SIGKILL at random moments, so many times; with several nodes some are frozen as well
              --nodes          processes of the hub on one PostgreSQL
              --delivery       notifications that are already owed, to partners that all answer, then beside as many that hang
              --render         what an invoice costs, beside PDFBox's way
              --numbering      how many invoices a second one series takes, and whether a number is missing
              --exports        what a year of invoices takes to export from a hub with a small heap
              --console        each list of the console, with each filter, where one partner has so many orders: p50, p95, max and
                               compressed bytes; exit 1 where the p95 of one is 200 ms or more
              --profile        records the hub with JFR and says where its processor time goes
              --data-dir       where the run's database is made; it is removed afterwards unless --keep
            """;

    private static final Set<String> NAMES =
            Set.of(
                    "orders",
                    "connections",
                    "rate",
                    "partners",
                    "warmup",
                    "steady-rate",
                    "steady-orders",
                    "seed",
                    "kill",
                    "profile",
                    "keep",
                    "data-dir");

    Options {
        if (orders < 1 || connections < 1 || rate < 0 || warmUp < 0 || steadyOrders < 0) {
            throw new IllegalArgumentException("numbers must not be negative, nor orders zero");
        }
    }

    /**
     * @throws IllegalArgumentException where an option is unknown or no number
     */
    static Options of(String... arguments) {
        Map<String, String> given = new HashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            if (!name.startsWith("--") || !NAMES.contains(name.substring(2))) {
                throw new IllegalArgumentException("there is no option " + argument);
            }
            given.put(name.substring(2), equals < 0 ? "true" : argument.substring(equals + 1));
        }
        boolean kill = given.containsKey("kill");
        String directory = given.get("data-dir");
        return new Options(
                (int) number(given, "orders", 20_000),
                (int) number(given, "connections", 8),
                number(given, "rate", kill ? 150 : 0),
                (int) number(given, "partners", 20),
                kill ? 0 : (int) number(given, "warmup", 20_000),
                number(given, "steady-rate", 100),
                kill ? 0 : (int) number(given, "steady-orders", 3_000),
                (long) number(given, "seed", (double) (System.nanoTime() % 1_000_000)),
                kill,
                given.containsKey("profile"),
                given.containsKey("keep"),
                directory == null ? null : Path.of(directory));
    }

    /** Orders of all phases together. */
    int total() {
        return warmUp + orders + steadyOrders;
    }

    private static double number(Map<String, String> given, String name, double normal) {
        String value = given.get(name);
        try {
            return value == null ? normal : Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--" + name + " needs a number, not " + value, e);
        }
    }
}
