package com.comptappart.webhook;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Money;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint did not get.
 *
 * @param statuses how many notifications of each status
 * @param orders how many orders they tell of
 * @param amounts what those orders are worth, in each currency
 * @param isMore whether counting stopped at a limit
 */
public record Waiting(
        Map<String, Long> statuses, long orders, List<Money> amounts, boolean isMore) {
    public Waiting {
        statuses = Map.copyOf(statuses);
        amounts = List.copyOf(amounts);
    }

    public long count() {
        return statuses.values().stream().mapToLong(Long::longValue).sum();
    }

    public long of(String status) {
        return statuses.getOrDefault(status, 0L);
    }

    /** Counts each order once, whatever is told of it. */
    static final class Count {

        private final Map<String, Long> statuses = new TreeMap<>();
        private final Map<Long, Money> orders = new HashMap<>();
        private boolean more;

        void add(String status, long notifications) {
            statuses.merge(status, notifications, Long::sum);
        }

        void worth(long order, @Nullable BigDecimal total, @Nullable String currency) {
            var known = new Currency(currency == null ? "XXX" : currency);
            long minor =
                    total == null ? 0 : total.movePointRight(known.decimals()).longValueExact();
            orders.putIfAbsent(order, new Money(minor, known));
        }

        void isMore() {
            more = true;
        }

        Waiting sum() {
            Map<Currency, Long> sums = new TreeMap<>(Comparator.comparing(Currency::code));
            orders.values().stream()
                    .filter(each -> each.minor() != 0)
                    .forEach(each -> sums.merge(each.currency(), each.minor(), Long::sum));
            return new Waiting(
                    statuses,
                    orders.size(),
                    sums.entrySet().stream()
                            .map(each -> new Money(each.getValue(), each.getKey()))
                            .toList(),
                    more);
        }
    }
}
