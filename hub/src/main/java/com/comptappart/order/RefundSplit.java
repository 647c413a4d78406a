package com.comptappart.order;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.Proportion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Spreads a refund over orders in proportion to what is left of each, by largest remainder, never
 * above what is left. Amounts in minor units.
 */
final class RefundSplit {

    /** An order and what earlier refunds left of it. */
    record Left(OrderId order, Currency currency, long minor) {}

    private RefundSplit() {}

    /** What each order takes; orders that take nothing are missing. */
    static Map<OrderId, Long> of(long amount, Currency currency, List<Left> orders) {
        var takers =
                orders.stream()
                        .filter(each -> each.minor() > 0 && each.currency().equals(currency))
                        .toList();
        long[] left = takers.stream().mapToLong(Left::minor).toArray();
        long placed = Math.min(amount, sum(left));
        long[] parts = Proportion.spread(placed, left);
        Map<OrderId, Long> taken = new LinkedHashMap<>();
        for (int i = 0; i < parts.length; i++) {
            if (parts[i] > 0) {
                taken.put(takers.get(i).order(), parts[i]);
            }
        }
        return taken;
    }

    private static long sum(long[] amounts) {
        long sum = 0;
        for (long amount : amounts) {
            sum = Math.addExact(sum, amount);
        }
        return sum;
    }
}
