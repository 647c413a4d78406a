package com.comptappart.console;

import com.comptappart.order.OrderFigures;
import com.comptappart.webhook.DeliveryFigures;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The three charts of the first page: orders, deliveries that succeed, and how long they take. */
final class Charts {

    private final Words words;
    private final List<LocalDate> days;

    Charts(Words words, HomePeriod period) {
        this.words = words;
        this.days = period.all();
    }

    Chart orders(List<OrderFigures.Day> found) {
        Map<LocalDate, List<OrderFigures.Day>> byDay =
                found.stream().collect(Collectors.groupingBy(OrderFigures.Day::day));
        List<@Nullable Long> counts = new ArrayList<>();
        var rows = new ArrayList<List<String>>();
        for (LocalDate day : days) {
            var of = byDay.getOrDefault(day, List.of());
            long orders = of.stream().mapToLong(OrderFigures.Day::orders).sum();
            counts.add(orders);
            rows.add(
                    List.of(
                            words.date(day),
                            words.count(orders),
                            of.isEmpty()
                                    ? "–"
                                    : of.stream()
                                            .map(OrderFigures.Day::total)
                                            .map(words::money)
                                            .collect(Collectors.joining(" + "))));
        }
        long most = most(counts);
        long sum = counts.stream().mapToLong(each -> each == null ? 0 : each).sum();
        String text =
                sum == 0
                        ? words.text("chart.orders.none")
                        : words.text(
                                "chart.orders.text",
                                sum,
                                most,
                                words.date(days.get(counts.indexOf(most))));
        long top = Chart.top(most);
        return chart(
                "orders",
                text,
                Chart.scale(top, words::count),
                Chart.bars(counts, top),
                List.of(),
                new Chart.Table(columns("day", "orders", "amount"), rows));
    }

    Chart success(List<DeliveryFigures.Day> found) {
        var byDay = byDay(found);
        List<@Nullable Long> rates = new ArrayList<>();
        var rows = new ArrayList<List<String>>();
        for (LocalDate day : days) {
            var of = byDay.get(day);
            rates.add(of == null ? null : of.delivered() * 1_000 / of.attempts());
            rows.add(
                    List.of(
                            words.date(day),
                            words.count(of == null ? 0 : of.attempts()),
                            words.count(of == null ? 0 : of.delivered()),
                            of == null ? "–" : rate(words, of.delivered(), of.attempts())));
        }
        long attempts = found.stream().mapToLong(DeliveryFigures.Day::attempts).sum();
        long delivered = found.stream().mapToLong(DeliveryFigures.Day::delivered).sum();
        String text =
                attempts == 0
                        ? words.text("chart.success.none")
                        : words.text(
                                "chart.success.text", rate(words, delivered, attempts), attempts);
        return chart(
                "success",
                text,
                Chart.scale(100, percent -> words.percent(BigDecimal.valueOf(percent))),
                Chart.bars(rates, 1_000),
                List.of(),
                new Chart.Table(columns("day", "attempts", "delivered", "rate"), rows));
    }

    Chart latency(List<DeliveryFigures.Day> found) {
        var byDay = byDay(found);
        var half = millis(byDay, DeliveryFigures.Day::p50);
        var most = millis(byDay, DeliveryFigures.Day::p95);
        var rows = new ArrayList<List<String>>();
        for (int i = 0; i < days.size(); i++) {
            rows.add(List.of(words.date(days.get(i)), shown(half.get(i)), shown(most.get(i))));
        }
        long longest = most(most);
        long top = Chart.top(longest);
        return chart(
                "latency",
                longest == 0
                        ? words.text("chart.latency.none")
                        : words.text("chart.latency.text", duration(longest)),
                Chart.scale(top, this::duration),
                List.of(),
                List.of(
                        Chart.line(words.text("chart.p50"), "half", half, top),
                        Chart.line(words.text("chart.p95"), "most", most, top)),
                new Chart.Table(columns("day", "p50", "p95"), rows));
    }

    /** With a tenth: 99.96 % is not all. */
    static String rate(Words words, long part, long whole) {
        return words.percent(
                BigDecimal.valueOf(part * 100)
                        .divide(BigDecimal.valueOf(whole), 1, RoundingMode.DOWN));
    }

    private Chart chart(
            String id,
            String text,
            List<String> scale,
            List<Chart.Bar> bars,
            List<Chart.Line> lines,
            Chart.Table table) {
        return new Chart(
                id,
                words.text("chart." + id),
                text,
                days.size() * Chart.DAY,
                scale,
                Chart.ends(words, days),
                bars,
                lines,
                table);
    }

    private List<String> columns(String... names) {
        return List.of(names).stream().map(name -> words.text("chart.column." + name)).toList();
    }

    private List<@Nullable Long> millis(
            Map<LocalDate, DeliveryFigures.Day> byDay,
            Function<DeliveryFigures.Day, @Nullable Duration> part) {
        List<@Nullable Long> millis = new ArrayList<>();
        for (LocalDate day : days) {
            var of = byDay.get(day);
            var time = of == null ? null : part.apply(of);
            millis.add(time == null ? null : Math.max(1, time.toMillis()));
        }
        return millis;
    }

    private String shown(@Nullable Long millis) {
        return millis == null ? "–" : duration(millis);
    }

    private String duration(long millis) {
        return millis < 10_000
                ? words.count(millis) + "\u00a0ms"
                : words.count(millis / 1_000) + "\u00a0s";
    }

    private static Map<LocalDate, DeliveryFigures.Day> byDay(List<DeliveryFigures.Day> found) {
        return found.stream().collect(Collectors.toMap(DeliveryFigures.Day::day, each -> each));
    }

    private static long most(List<@Nullable Long> values) {
        return values.stream().mapToLong(each -> each == null ? 0 : each).max().orElse(0);
    }
}
