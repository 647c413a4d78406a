package com.comptappart.accounting;

import static com.comptappart.testing.HubForTests.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.testing.HubForTests;
import com.comptappart.testing.MovableClock;
import com.comptappart.testing.Sale;
import com.comptappart.testing.Sale.Tax;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A hub in live mode that sold and refunded on two days, in every way that books care about. */
final class BooksForTests implements AutoCloseable {

    private static final Tax NONE_ABROAD = new Tax(0, "0", "US", "not_collecting");

    final MovableClock clock = new MovableClock("2026-12-30T10:00:00Z");
    final HubForTests hub;

    BooksForTests(Path data) {
        hub =
                new HubForTests()
                        .withProduction()
                        .with("comptappart.exchange.rates", "USD=1.0850,JPY=171.25")
                        .with("comptappart.data-dir", data.toString())
                        .with(
                                "comptappart.accounting.rates",
                                "vat-20=445712,vat-5.5=445713,goods-5.5=707055")
                        .at(clock)
                        .start();
        var mixed =
                new Sale("mixed", "eur")
                        .line("Fauteuil", 2, 90_000, 10_000, french(15_000), goods())
                        .line(
                                "Livre",
                                3,
                                2_110,
                                new Tax(110, "5.5", "FR", "reduced_rated"),
                                goods())
                        .line("Conseil", 1, 12_000, french(2_000), Map.of());
        var dollars =
                new Sale("dollars", "usd")
                        .buyer("Anne Durand", "FR", "fr")
                        .line("Guide", 1, 12_345, french(2_058), Map.of())
                        .line("Livre", 1, 777, new Tax(41, "5.5", "FR", "reduced_rated"), goods());
        sell(
                List.of(
                        mixed,
                        dollars,
                        new Sale("company", "eur")
                                .buyer("=Œuvres\t& Fils|東 Łódź; \"SARL\"", "FR", "fr")
                                .taxId("eu_vat", "FR44732829320")
                                .line("Conseil", 1, 9_999, french(1_667), Map.of()),
                        new Sale("oss", "eur")
                                .buyer("Jürgen Groß", "DE", "en")
                                .line(
                                        "Guide",
                                        1,
                                        10_000,
                                        new Tax(1_597, "19", "DE", "standard_rated"),
                                        Map.of()),
                        new Sale("export", "usd")
                                .buyer("John Smith", "US", "en")
                                .line("Fauteuil", 1, 10_003, NONE_ABROAD, goods()),
                        new Sale("gift", "eur").line("Guide", 1, 0, 5_000, french(0), Map.of())),
                6);
        clock.moveTo("2026-12-31T09:00:00Z");
        mixed.at(clock.instant());
        dollars.at(clock.instant());
        tell(mixed.refunded("re_mixed", 33_333));
        tell(dollars.refunded("re_dollars1", 5_000));
        eventually(() -> numbers("credit_note"), 2);
        tell(dollars.refunded("re_dollars2", 13_122 - 5_000));
        eventually(() -> numbers("credit_note"), 3);
        sell(
                List.of(
                        new Sale("yens", "jpy")
                                .buyer("Anne Durand", "FR", "fr")
                                .line("Guide", 1, 12_001, french(2_000), Map.of())),
                7);
    }

    private void sell(List<Sale> sales, int invoices) {
        // One waited: it was sold the evening before.
        var evening = Instant.parse("2026-12-29T20:00:00Z");
        sales.forEach(
                sale -> tell(sale.at(sale.id().equals("oss") ? evening : clock.instant()).paid()));
        eventually(() -> numbers("invoice"), invoices);
    }

    void tell(String event) {
        assertThat(
                        hub.stripeEvent(event, HubForTests.LIVE_STRIPE_SECRET, clock.instant())
                                .statusCode())
                .isEqualTo(200);
    }

    List<String> numbers(String kind) {
        return hub.jdbc()
                .sql("select number from invoice where kind = :kind order by year, seq")
                .param("kind", kind)
                .query(String.class)
                .list();
    }

    private static Tax french(long amount) {
        return new Tax(amount, "20", "FR", "standard_rated");
    }

    private static Map<String, String> goods() {
        return Map.of("nature", "goods");
    }

    /** The bytes of an export that must be there. */
    byte[] export(String path) throws IOException {
        var answer = get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body();
    }

    HttpResponse<byte[]> get(String path) throws IOException {
        return hub.getBytes(path);
    }

    @Override
    public void close() {
        hub.close();
    }
}
