package com.comptappart.console;

import com.comptappart.invoice.Creditable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A refund as it was asked for, worked out.
 *
 * @param minor what the buyer gets, minor units
 * @param lines how much of it for which line of the order, by its place from 0; empty for all
 * @param draft the credit note that will come; null where one that has no money stands for it
 */
record RefundPlan(
        long minor, Map<Integer, Long> lines, String reason, Creditable.@Nullable Draft draft) {

    RefundPlan {
        lines = Map.copyOf(lines);
    }
}
