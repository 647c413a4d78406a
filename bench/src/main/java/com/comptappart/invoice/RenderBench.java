package com.comptappart.invoice;

import java.io.PrintStream;
import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * {@code ./comptappart bench --render}: what an invoice costs, and what PDFBox takes for the same
 * pages in the same run.
 */
public final class RenderBench {

    private static final double WANTED_TIMES = 100;
    private static final double WANTED_MICROS = 150;

    private RenderBench() {}

    /** Ends with 0; a target that is missed is said and changes nothing. */
    public static void main(String[] arguments) throws RunnerException {
        boolean quick = arguments.length > 0 && arguments[0].equals("--quick");
        var seconds = TimeValue.seconds(quick ? 1 : 5);
        var options =
                new OptionsBuilder()
                        .include(RenderBenchmark.class.getName())
                        .forks(1)
                        .warmupIterations(quick ? 2 : 6)
                        .warmupTime(seconds)
                        .measurementIterations(quick ? 2 : 5)
                        .measurementTime(seconds)
                        .jvmArgs(
                                "-XX:+UseSerialGC",
                                "-Xmx1g",
                                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off")
                        .addProfiler(GCProfiler.class)
                        .build();
        print(new Runner(options).run(), System.out);
    }

    private static void print(Collection<RunResult> results, PrintStream out) {
        out.printf("%n%-10s %14s %14s %16s%n", "", "µs (wall)", "µs (CPU)", "bytes allocated");
        for (RunResult result : results) {
            out.printf(
                    Locale.ROOT,
                    "%-10s %14.1f %14.1f %16.0f%n",
                    name(result),
                    result.getPrimaryResult().getScore(),
                    cpuMicros(result),
                    value(result, "gc.alloc.rate.norm"));
        }
        double template = cpuMicros(of(results, "template"));
        double times = cpuMicros(of(results, "pdfbox")) / template;
        out.printf(
                Locale.ROOT,
                "%n%s  %.0f times faster than PDFBox, wanted %.0f%n%s  %.1f µs of processor per"
                        + " invoice, wanted under %.0f%n",
                times >= WANTED_TIMES ? "reached " : "MISSED  ",
                times,
                WANTED_TIMES,
                template < WANTED_MICROS ? "reached " : "MISSED  ",
                template,
                WANTED_MICROS);
    }

    private static RunResult of(Collection<RunResult> results, String name) {
        return results.stream().filter(each -> name(each).equals(name)).findFirst().orElseThrow();
    }

    private static String name(RunResult result) {
        String whole = result.getParams().getBenchmark();
        return whole.substring(whole.lastIndexOf('.') + 1);
    }

    private static double cpuMicros(RunResult result) {
        return value(result, "cpuNanos") / value(result, "rendered") / 1_000;
    }

    private static double value(RunResult result, String label) {
        String key =
                result.getSecondaryResults().keySet().stream()
                        .filter(each -> each.endsWith(label))
                        .findFirst()
                        .orElseThrow();
        return Objects.requireNonNull(result.getSecondaryResults().get(key)).getScore();
    }
}
