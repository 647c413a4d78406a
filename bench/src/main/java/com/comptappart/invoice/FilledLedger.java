package com.comptappart.invoice;

import com.comptappart.invoice.RequestRows.Request;
import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import com.comptappart.order.Buyer;
import com.comptappart.order.OrderLine;
import com.comptappart.order.PaidOrder;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** A year of documents, numbered, chained and archived by the hub's own writer, day by day. */
public final class FilledLedger {

    private static final int TOGETHER = 1_000;

    /** Who sold most of it. */
    public static final String PARTNER = "part_bench";

    /** Who sold the rest. */
    public static final String OTHER_PARTNER = "part_other";

    private final ConfigurableApplicationContext context;
    private final int othersEach;
    private final Noon noon;
    private final List<String> contents = BenchInvoices.contents();
    private long orders;

    private FilledLedger(ConfigurableApplicationContext context, int othersEach) {
        this.context = context;
        this.othersEach = othersEach;
        noon = context.getBean(Noon.class);
    }

    /** Always noon of the day that it is put to. */
    static final class Noon extends Clock {

        private volatile LocalDate day = LocalDate.EPOCH;

        void of(LocalDate day) {
            this.day = day;
        }

        @Override
        public Instant instant() {
            return day.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Time {

        @Bean
        @Primary
        Noon noon() {
            return new Noon();
        }
    }

    /**
     * What a data directory is filled with.
     *
     * @param documents as many on each of the days
     * @param othersEach every how manieth is of the other partner
     */
    public record Wish(LocalDate first, int days, int documents, int othersEach) {}

    /**
     * Fills a new data directory.
     *
     * @param documents as many on each day of the year, and one order for each
     */
    public static void fill(Path data, String seller, int year, int documents)
            throws InterruptedException {
        var first = LocalDate.of(year, 1, 1);
        var wish = new Wish(first, first.lengthOfYear(), documents, Integer.MAX_VALUE);
        fill(data, seller, wish, FilledLedger::addOrders);
    }

    /** Fills a new data directory with documents alone; their orders are numbered from 1. */
    public static void fill(Path data, String seller, Wish wish) throws InterruptedException {
        fill(data, seller, wish, _ -> {});
    }

    private static void fill(Path data, String seller, Wish wish, Consumer<FilledLedger> after)
            throws InterruptedException {
        try (var context =
                new SpringApplicationBuilder(NumberingConfiguration.class, Time.class)
                        .web(WebApplicationType.NONE)
                        .profiles("given")
                        .run("--comptappart.data-dir=" + data, "--logging.level.root=warn")) {
            var ledger = new FilledLedger(context, wish.othersEach());
            for (int day = 0; day < wish.days(); day++) {
                ledger.noon.of(wish.first().plusDays(day));
                int until = (int) ((day + 1L) * wish.documents() / wish.days());
                ledger.issue((int) (until - ledger.orders), seller);
            }
            after.accept(ledger);
        }
    }

    private void issue(int count, String seller) throws InterruptedException {
        var requests = context.getBean(RequestRows.class);
        var transaction = context.getBean(TransactionTemplate.class);
        for (int i = 0; i < count; i += TOGETHER) {
            var batch = requests(Math.min(TOGETHER, count - i), seller);
            transaction.executeWithoutResult(_ -> requests.add(batch, noon.instant()));
        }
        var work = context.getBean(InvoiceWork.class);
        for (int done = 0; done < count; ) {
            done += work.round();
        }
    }

    private List<Request> requests(int size, String seller) {
        List<Request> batch = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            orders++;
            batch.add(
                    new Request(
                            new PartnerId(orders % othersEach == 0 ? OTHER_PARTNER : PARTNER),
                            new OrderId(orders),
                            DocumentKind.INVOICE,
                            "",
                            Environment.PRODUCTION,
                            seller,
                            "FAC",
                            content(orders)));
        }
        return batch;
    }

    private String content(long order) {
        String content = contents.get((int) (order % contents.size()));
        return content.replaceFirst(
                        "\"orderReference\":\"[0-9]*\"", "\"orderReference\":\"" + order + "\"")
                .replace(BenchInvoices.DAY.toString(), noon.day.toString());
    }

    /** A one-line order as the hub keeps it, paid when that day began. */
    public static String order(LocalDate day) {
        var buyer =
                new Buyer(
                        "Zoé Lefèvre",
                        "client@exemple.example",
                        null,
                        null,
                        null,
                        null,
                        null,
                        "FR",
                        null,
                        null,
                        false,
                        "fr");
        var line =
                new OrderLine(
                        "prod_1",
                        "Déclaration – formule « Complète »",
                        1,
                        8332,
                        1667,
                        BigDecimal.valueOf(20),
                        "services");
        return JsonMapper.builder()
                .build()
                .writeValueAsString(
                        new PaidOrder(
                                "",
                                Environment.PRODUCTION,
                                "cs_bench",
                                "evt_bench",
                                new PartnerId(PARTNER),
                                buyer,
                                Currency.EUR,
                                List.of(line),
                                new com.comptappart.order.Payment(
                                        day.atStartOfDay().toInstant(ZoneOffset.UTC),
                                        "card",
                                        "4242",
                                        "pi_bench"),
                                "one_time",
                                null,
                                List.of(),
                                "[]",
                                Map.of(),
                                "",
                                null));
    }

    private void addOrders() {
        context.getBean(JdbcClient.class)
                .sql(
                        """
                        insert into paid_order (
                            partner_id, order_id, environment, account, stripe_object, event_id, email, currency, total_minor,
                            tax_minor, billing_reason, attention, paid_at, payment_reference, subscription_id, created_at, content)
                        overriding system value
                        select partner_id, order_id, environment, '', 'cs_' || order_id, 'evt_' || order_id,
                            'client@exemple.example', 'EUR', 9999, 1667, 'one_time', '', issued_at, 'pi_' || order_id, '',
                            issued_at, :content
                        from invoice
                        """)
                .param("content", order(noon.day))
                .update();
    }
}
