package com.comptappart.console;

import com.comptappart.webhook.CallTimes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where the time of one call went, as a bar of {@value #WIDTH} units and as its table.
 *
 * @param spoken the whole of it in one sentence, for those who don't see the bar
 */
record LatencyBar(List<Part> parts, String total, String spoken) {

    static final int WIDTH = 600;

    /** Below that a part would not be seen. */
    private static final int LEAST = 3;

    /**
     * @param kind 0 to 4: names the fill of its piece of the bar
     * @param length 0 where it took no time at all
     */
    record Part(int kind, String name, String time, int start, int length) {}

    LatencyBar {
        parts = List.copyOf(parts);
    }

    static LatencyBar of(Words words, CallTimes times) {
        var rest =
                times.total()
                        .minus(times.resolving())
                        .minus(times.connecting())
                        .minus(times.tls())
                        .minus(times.firstByte());
        var each =
                List.of(
                        times.resolving(),
                        times.connecting(),
                        times.tls(),
                        times.firstByte(),
                        rest.isNegative() ? Duration.ZERO : rest);
        long whole = Math.max(1, each.stream().mapToLong(Duration::toNanos).sum());
        long seen = each.stream().filter(Duration::isPositive).count();
        var parts = new ArrayList<Part>();
        int start = 0;
        for (int kind = 0; kind < each.size(); kind++) {
            var time = each.get(kind);
            int length =
                    time.isPositive()
                            ? LEAST + (int) (time.toNanos() * (WIDTH - LEAST * seen) / whole)
                            : 0;
            parts.add(
                    new Part(
                            kind,
                            words.text("latency." + kind),
                            time.isPositive() ? millis(words, time) : "–",
                            start,
                            length));
            start += length;
        }
        String total = millis(words, times.total());
        return new LatencyBar(parts, total, words.text("latency.spoken", total));
    }

    /** With a tenth below ten milliseconds, where it tells something. */
    static String millis(Words words, Duration time) {
        double millis = time.toNanos() / 1e6;
        String digits = String.format(Locale.ROOT, millis < 10 ? "%.1f" : "%.0f", millis);
        return (words.french() ? digits.replace('.', ',') : digits) + "\u00a0ms";
    }
}
