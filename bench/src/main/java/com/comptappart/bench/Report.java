package com.comptappart.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The load run as a table for people and as JSON for machines. */
record Report(
        String machine,
        double loadBefore,
        Options options,
        List<Limits> limits,
        List<Phase> phases,
        Outcome outcome) {

    static final String WARM_UP = "warm-up";
    static final String FULL_SPEED = "full speed";
    static final String STEADY = "steady";

    private static final double TARGET_PER_SECOND = 1_000;
    private static final double TARGET_MILLIS = 250;
    private static final double NEGLIGIBLE_SHARE = 0.01;
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    Report {
        limits = List.copyOf(limits);
        phases = List.copyOf(phases);
    }

    void print(PrintStream out) {
        out.println();
        out.printf(Locale.ROOT, "machine   %s%n", machine);
        out.printf(
                Locale.ROOT,
                "run       %d partners, %d connections; load average before %.1f%n",
                options.partners(),
                options.connections(),
                loadBefore);
        for (Limits limit : limits) {
            out.println();
            out.printf(
                    Locale.ROOT,
                    "limits, each alone, %d connections             per second%n",
                    options.connections());
            out.printf(
                    Locale.ROOT,
                    "  PostgreSQL, event row, one commit each        %10.0f%n",
                    limit.insertsPerSecond());
            out.printf(
                    Locale.ROOT,
                    "  PostgreSQL, event row, 100 rows a commit      %10.0f%n",
                    limit.batchedInsertsPerSecond());
            out.printf(
                    Locale.ROOT,
                    "  generator straight to the partner receiver    %10.0f%n",
                    limit.receiverPerSecond());
        }
        out.println();
        out.printf(
                Locale.ROOT,
                "%-11s %7s %11s %13s %9s %8s %6s%n",
                "phase",
                "orders",
                "accepted/s",
                "end to end/s",
                "waiting*",
                "refused",
                "load");
        for (Phase phase : phases) {
            out.printf(
                    Locale.ROOT,
                    "%-11s %7d %11.0f %13.0f %9d %8d %6.1f%n",
                    phase.name(),
                    phase.orders(),
                    phase.acceptedPerSecond(),
                    phase.perSecond(),
                    phase.waiting(),
                    phase.refused(),
                    phase.load());
        }
        out.printf(Locale.ROOT, "* orders not through yet when the last event was accepted%n");
        latencies(out);
        costs(out);
        out.println();
        print(outcome, out);
        targets(out);
    }

    /** What is there in the end. */
    static void print(Outcome outcome, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "counted   %d orders, %d invoices (%s), %d notifications to %d orders, %d mails to %d orders; %d signatures checked%n",
                outcome.orders(),
                outcome.invoices(),
                outcome.numbers(),
                outcome.notifications(),
                outcome.notifiedOrders(),
                outcome.mails(),
                outcome.mailedOrders(),
                outcome.signaturesVerified());
        if (outcome.faults().mailsWithOtherBytes() > 0) {
            out.printf(
                    Locale.ROOT,
                    "note      %d repeated mails had the same Message-ID but other bytes%n",
                    outcome.faults().mailsWithOtherBytes());
        }
        if (outcome.holds()) {
            out.printf(Locale.ROOT, "nothing lost, no gap, nothing under two ids%n");
        }
        outcome.wrong().forEach(wrong -> out.printf(Locale.ROOT, "WRONG     %s%n", wrong));
    }

    void write(Path file) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("machine", machine);
        all.put("load_before", loadBefore);
        all.put("options", options.toString());
        all.put("limits", limits);
        all.put("phases", phases.stream().map(Report::json).toList());
        all.put("outcome", outcome);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, JSON.writeValueAsString(all));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.out.println("written to " + file);
    }

    private void latencies(PrintStream out) {
        out.println();
        out.printf(
                Locale.ROOT,
                "milliseconds from Stripe's POST            p50       p99       max%n");
        for (Phase phase : phases) {
            latency(out, phase, "to our 200", phase.toAnswer());
            latency(out, phase, "to the partner's POST", phase.toPartner());
            latency(out, phase, "to SMTP accept", phase.toMail());
        }
    }

    private static void latency(PrintStream out, Phase phase, String what, Latencies latencies) {
        out.printf(
                Locale.ROOT,
                "%-11s %-22s %9.1f %9.1f %9.1f%n",
                phase.name(),
                what,
                latencies.millis(0.5),
                latencies.millis(0.99),
                latencies.millis(1));
    }

    private void costs(PrintStream out) {
        out.println();
        out.printf(
                Locale.ROOT,
                "%-11s %9s %9s %9s %9s %9s %9s %9s %9s %9s%n",
                "per order",
                "hub ms",
                "pg ms",
                "bench ms",
                "commits",
                "inserts",
                "updates",
                "WAL KiB",
                "calls**",
                "mail KiB");
        for (Phase phase : phases) {
            double orders = phase.orders();
            out.printf(
                    Locale.ROOT,
                    "%-11s %9s %9s %9s %9.2f %9.1f %9.1f %9.1f %9.2f %9.1f%n",
                    phase.name(),
                    phase.cpu().map(cpu -> millis(cpu.hubMillis() / orders)).orElse("no /proc"),
                    phase.cpu()
                            .map(cpu -> millis(cpu.postgresMillis() / orders))
                            .orElse("no /proc"),
                    phase.cpu().map(cpu -> millis(cpu.benchMillis() / orders)).orElse("no /proc"),
                    phase.database().commits() / orders,
                    phase.database().inserted() / orders,
                    phase.database().updated() / orders,
                    phase.database().walBytes() / 1_024.0 / orders,
                    phase.stripeCallsPerOrder(),
                    phase.mailKibibytes());
        }
        out.printf(Locale.ROOT, "** reads from Stripe%n");
        phases.stream()
                .filter(phase -> phase.name().equals(FULL_SPEED))
                .forEach(phase -> threads(out, phase));
    }

    private static void threads(PrintStream out, Phase phase) {
        if (phase.cpu().isEmpty()) {
            out.printf(Locale.ROOT, "this system has no /proc: no processor times%n");
            return;
        }
        var cpu = phase.cpu().get();
        out.println();
        out.printf(
                Locale.ROOT,
                "processor time at full speed: hub %.0f %%, PostgreSQL %.0f %%, bench %.0f %% of one core; the hub's by thread:%n",
                cpu.hubMillis() / phase.seconds() / 10,
                cpu.postgresMillis() / phase.seconds() / 10,
                cpu.benchMillis() / phase.seconds() / 10);
        cpu.byThreadName().entrySet().stream()
                .filter(each -> each.getValue() > NEGLIGIBLE_SHARE * cpu.hubMillis())
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .forEach(each ->
                        out.printf(
                                Locale.ROOT,
                                "  %-16s %5.1f %%%n",
                                each.getKey(),
                                100.0 * each.getValue() / cpu.hubMillis()));
    }

    private void targets(PrintStream out) {
        for (Phase phase : phases) {
            if (phase.name().equals(FULL_SPEED)) {
                target(
                        out,
                        phase.perSecond() >= TARGET_PER_SECOND,
                        String.format(
                                Locale.ROOT,
                                "%.0f orders/s end to end, wanted %.0f",
                                phase.perSecond(),
                                TARGET_PER_SECOND));
            }
            if (phase.name().equals(STEADY)) {
                double worse =
                        Math.max(phase.toPartner().millis(0.99), phase.toMail().millis(0.99));
                target(
                        out,
                        worse < TARGET_MILLIS,
                        String.format(
                                Locale.ROOT,
                                "p99 %.0f ms at %.0f orders/s, wanted under %.0f",
                                worse,
                                options.steadyRate(),
                                TARGET_MILLIS));
            }
        }
    }

    private static void target(PrintStream out, boolean reached, String what) {
        out.printf(Locale.ROOT, "%s  %s%n", reached ? "reached " : "MISSED  ", what);
    }

    private static Map<String, Object> json(Phase phase) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", phase.name());
        json.put("orders", phase.orders());
        json.put("seconds", phase.seconds());
        json.put("accepted_per_second", phase.acceptedPerSecond());
        json.put("end_to_end_per_second", phase.perSecond());
        json.put("waiting_when_all_accepted", phase.waiting());
        json.put("refused", phase.refused());
        json.put("load", phase.load());
        json.put("answer_ms", quantiles(phase.toAnswer()));
        json.put("partner_ms", quantiles(phase.toPartner()));
        json.put("mail_ms", quantiles(phase.toMail()));
        phase.cpu()
                .ifPresent(cpu -> {
                    json.put("hub_cpu_ms", cpu.hubMillis());
                    json.put("postgres_cpu_ms", cpu.postgresMillis());
                    json.put("bench_cpu_ms", cpu.benchMillis());
                    json.put("hub_threads_cpu_ms", cpu.byThreadName());
                });
        json.put("database", phase.database());
        json.put("stripe_calls_per_order", phase.stripeCallsPerOrder());
        json.put("mail_kib", phase.mailKibibytes());
        return json;
    }

    private static Map<String, Object> quantiles(Latencies latencies) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("p50", latencies.millis(0.5));
        json.put("p99", latencies.millis(0.99));
        json.put("max", latencies.millis(1));
        return json;
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
