package com.comptappart.console;

import com.comptappart.invoice.IssuedFigures;
import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Money;
import com.comptappart.order.OrderFigures;
import com.comptappart.webhook.DeliveryFigures;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** What happened in a period: four figures, each with its list, and three charts. */
@Component
class HomeFigures {

    /**
     * A figure.
     *
     * @param values one, or one for each currency
     * @param url the list of what it counts
     */
    record Figure(String name, List<String> values, String text, String url) {
        public Figure {
            values = List.copyOf(values);
        }
    }

    record Shown(List<Figure> figures, List<Chart> charts) {
        public Shown {
            figures = List.copyOf(figures);
            charts = List.copyOf(charts);
        }
    }

    private final OrderFigures orders;
    private final IssuedFigures documents;
    private final DeliveryFigures deliveries;

    HomeFigures(OrderFigures orders, IssuedFigures documents, DeliveryFigures deliveries) {
        this.orders = orders;
        this.documents = documents;
        this.deliveries = deliveries;
    }

    Shown of(Place place, Words words, HomePeriod period) {
        var sold = orders.days(place.partner(), place.environment(), period.all());
        var tried =
                deliveries.days(
                        place.partner(), place.environment(), period.first(), period.last());
        var charts = new Charts(words, period);
        return new Shown(
                List.of(
                        count(place, words, period, sold),
                        taken(place, words, period, sold),
                        issued(place, words, period),
                        delivered(place, words, period, tried)),
                List.of(charts.orders(sold), charts.success(tried), charts.latency(tried)));
    }

    private static Figure count(
            Place place, Words words, HomePeriod period, List<OrderFigures.Day> sold) {
        long count = sold.stream().mapToLong(OrderFigures.Day::orders).sum();
        return new Figure(
                words.text("figure.orders"),
                List.of(words.count(count)),
                "",
                place.path("/commandes?du=" + period.first() + "&au=" + period.last()));
    }

    private static Figure taken(
            Place place, Words words, HomePeriod period, List<OrderFigures.Day> sold) {
        Map<String, Long> sums = new TreeMap<>();
        sold.forEach(each ->
                sums.merge(each.total().currency().code(), each.total().minor(), Long::sum));
        var values =
                sums.entrySet().stream()
                        .map(each -> new Money(each.getValue(), new Currency(each.getKey())))
                        .map(words::money)
                        .toList();
        return new Figure(
                words.text("figure.taken"),
                values.isEmpty() ? List.of(words.money(0, Currency.EUR)) : values,
                words.text("figure.taken.text"),
                place.path("/commandes?du=" + period.first() + "&au=" + period.last()));
    }

    private Figure issued(Place place, Words words, HomePeriod period) {
        long count =
                documents.count(
                        place.partner(), place.environment(), period.first(), period.last());
        return new Figure(
                words.text("figure.issued"),
                List.of(words.count(count)),
                words.text("figure.issued.text"),
                place.path("/factures?" + period.filter()));
    }

    private Figure delivered(
            Place place, Words words, HomePeriod period, List<DeliveryFigures.Day> tried) {
        long count =
                deliveries.delivered(
                        place.partner(), place.environment(), period.from(), period.until());
        long attempts = tried.stream().mapToLong(DeliveryFigures.Day::attempts).sum();
        long taken = tried.stream().mapToLong(DeliveryFigures.Day::delivered).sum();
        return new Figure(
                words.text("figure.delivered"),
                List.of(words.count(count)),
                attempts == 0
                        ? ""
                        : words.text("figure.delivered.text", Charts.rate(words, taken, attempts)),
                place.path("/livraisons?etat=delivered&" + period.filter()));
    }
}
