package com.comptappart.bench;

import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Sorted microseconds.
 *
 * @param micros of those that came
 */
record Latencies(int[] micros) {

    static Latencies of(int from, int to, IntUnaryOperator micros) {
        return new Latencies(
                IntStream.range(from, to).map(micros).filter(each -> each >= 0).sorted().toArray());
    }

    /** Milliseconds; 0 where nothing came. */
    double millis(double quantile) {
        if (micros.length == 0) {
            return 0;
        }
        int at = (int) Math.ceil(quantile * micros.length) - 1;
        return micros[Math.clamp(at, 0, micros.length - 1)] / 1_000.0;
    }
}
