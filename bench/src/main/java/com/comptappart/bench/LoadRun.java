package com.comptappart.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Warm-up, limits, full speed, a steady rate; then everything is counted. */
final class LoadRun {

    private LoadRun() {}

    /** Returns whether nothing was lost. */
    static boolean run(Options options, Path jar, Path results) throws InterruptedException {
        double loadBefore = Machine.load();
        var phases = new ArrayList<Phase>();
        Report report;
        Path recording;
        try (var stage = new Stage(options, jar)) {
            System.out.println("starting the hub…");
            var hook = Bench.onInterrupt(stage);
            stage.start();
            recording = stage.recording();
            var limits = new ArrayList<Limits>();
            for (Phase.Plan plan : plans(options)) {
                if (!plan.name().equals(Report.WARM_UP) && limits.isEmpty()) {
                    System.out.println("measuring what PostgreSQL and the receiver can do alone…");
                    limits.add(Limits.measure(stage, options.connections()));
                }
                System.out.println(
                        plan.name() + ": " + (plan.to() - plan.from()) + " orders are posted…");
                phases.add(Phase.run(plan, stage));
                if (!phases.getLast().through()) {
                    System.out.println("not all came out; the hub's last words:");
                    System.out.println(stage.hub().lastWords());
                    break;
                }
            }
            System.out.println("counting…");
            int expected = phases.stream().mapToInt(Phase::orders).sum();
            var outcome = Outcome.of(expected, stage.api(), stage.sightings());
            report =
                    new Report(
                            Machine.description(stage.hub().data()),
                            loadBefore,
                            options,
                            limits,
                            phases,
                            outcome);
            Bench.forget(hook);
            if (options.profile()) {
                stage.hub().stop();
                report.print(System.out);
                Profile.of(recording, fullSpeed(phases)).print(System.out);
            }
        }
        if (!options.profile()) {
            report.print(System.out);
        }
        report.write(results);
        return report.outcome().holds();
    }

    private static List<Phase.Plan> plans(Options options) {
        var plans = new ArrayList<Phase.Plan>();
        int warm = options.warmUp();
        int full = warm + options.orders();
        int connections = options.connections();
        if (warm > 0) {
            plans.add(new Phase.Plan(Report.WARM_UP, 0, warm, connections, 0));
        }
        plans.add(new Phase.Plan(Report.FULL_SPEED, warm, full, connections, options.rate()));
        if (options.steadyOrders() > 0) {
            plans.add(
                    new Phase.Plan(
                            Report.STEADY,
                            full,
                            full + options.steadyOrders(),
                            connections,
                            options.steadyRate()));
        }
        return plans;
    }

    private static Phase fullSpeed(List<Phase> phases) {
        return phases.stream()
                .filter(phase -> phase.name().equals(Report.FULL_SPEED))
                .findFirst()
                .orElse(phases.getLast());
    }
}
