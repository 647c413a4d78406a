package com.comptappart.bench;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;

/**
 * A part of the delivery run, measured.
 *
 * @param perSecond deliveries to endpoints that answer
 * @param cpu empty where the system has no {@code /proc}
 * @param load of the machine when it began
 */
record DeliveryPhase(
        String name,
        int deliveries,
        double perSecond,
        Latencies latencies,
        HubDatabase.Work database,
        Optional<ProcessTimes> cpu,
        double load) {

    static void head(PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%-26s %11s %9s %9s %9s %9s %9s %6s%n",
                "",
                "per second",
                "p50 ms",
                "p99 ms",
                "commits",
                "hub µs",
                "pg µs",
                "load");
    }

    void print(PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%-26s %11.0f %9.1f %9.1f %9.3f %9s %9s %6.1f%n",
                name,
                perSecond,
                latencies.millis(0.5),
                latencies.millis(0.99),
                database.commits() / (double) deliveries,
                cpu.map(times -> micros(times.hubMillis())).orElse("no /proc"),
                cpu.map(times -> micros(times.postgresMillis())).orElse("no /proc"),
                load);
    }

    /** Processor time of one delivery. */
    private String micros(long millis) {
        return String.format(Locale.ROOT, "%.0f", 1_000.0 * millis / deliveries);
    }
}
