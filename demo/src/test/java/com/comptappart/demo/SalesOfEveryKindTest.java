package com.comptappart.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Invoices of every kind that a seller makes at Stripe: what the books say that Stripe holds is
 * what Stripe says.
 */
class SalesOfEveryKindTest {

    private static final int SALES = 300;
    private static final long SEED = 20_261_125;

    /** As often as they are written here. */
    private static final List<String> CURRENCIES =
            List.of("eur", "eur", "eur", "eur", "usd", "gbp", "chf", "jpy", "kwd");

    private static final List<String> RATES = List.of("20", "10", "5.5", "2.1");

    /** The field of the FEC. */
    private static final int ACCOUNT = 4;

    private static final int DEBIT = 11;
    private static final int CREDIT = 12;
    private static final int FOREIGN = 16;
    private static final int CURRENCY = 17;

    private final Random random = new Random(SEED);

    @Test
    void the_books_of_three_hundred_sales_hold_what_stripes_balance_holds() throws IOException {
        try (var hub = new SandboxedHub()) {
            var shop = hub.shop("loyers");
            hub.readingStatements("1s");
            hub.start(hub.stripe().url(), shop.endpoint(hub.webhookUrl(), ""), "0");
            hub.sellFor("loyers", "");
            Map<String, String> rates = new TreeMap<>();
            for (String rate : RATES) {
                rates.put(rate + " inclusive", rate(shop, rate, true));
                rates.put(rate + " exclusive", rate(shop, rate, false));
            }
            var products = new ArrayList<String>();
            for (String name : List.of("Guide", "Conseil", "Livre", "Fauteuil", "Formation")) {
                String form = "name=" + name + "&metadata[partner]=loyers";
                products.add(shop.ask("products", form).path("id").asString());
            }
            for (int i = 0; i < SALES; i++) {
                sell(shop, products, List.copyOf(rates.values()), i);
            }
            awaitAll(hub);
            disturb(hub, shop);
            awaitAll(hub);
            awaitStatement(hub);

            assertThat(SandboxedHub.eventually(() -> unread(hub), List::isEmpty)).isEmpty();
            assertThat(documents(hub, "invoice")).isEqualTo(SALES);
            assertThat(documents(hub, "credit_note")).isEqualTo((SALES + 6) / 7);
            var books = hub.books();
            assertThat(balances(books, "467000"))
                    .usingComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                    .usingRecursiveComparison()
                    .isEqualTo(held(shop));
            assertThat(balances(books, "411000").values())
                    .allSatisfy(open -> assertThat(open).isEqualByComparingTo("0"));
            assertThat(balances(books, "511500"))
                    .as("what came back from the bank is owed to the buyers")
                    .usingComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                    .usingRecursiveComparison()
                    .isEqualTo(owed(shop));
            for (String account : List.of("416000", "512000", "627800")) {
                assertThat(balances(books, account).get("EUR")).as(account).isPositive();
            }
            assertThat(books).noneMatch(line -> line[ACCOUNT].equals("471100"));
            assertThat(hub.broken()).isEmpty();
        }
    }

    /** What happens to money besides: complaints, banks that send it back, and payouts. */
    private void disturb(SandboxedHub hub, SandboxShop shop) {
        var refunds = shop.ask("refunds?limit=100", "").path("data");
        for (int i = 0; i < 12; i++) {
            hub.stripe().failRefund(refunds.path(i).path("id").asString(), "lost_or_stolen_card");
        }
        int contested = 0;
        for (JsonNode charge : shop.ask("charges?limit=100", "").path("data")) {
            if (charge.path("amount_refunded").asLong() == 0 && contested++ < 30) {
                hub.stripe().dispute(charge.path("id").asString(), "fraudulent");
            }
        }
        int answered = 0;
        for (JsonNode dispute : shop.ask("disputes?limit=100", "").path("data")) {
            String word = answered++ % 2 == 0 ? "winning_evidence" : "losing_evidence";
            shop.ask(
                    "disputes/" + dispute.path("id").asString(),
                    "evidence[uncategorized_text]=" + word);
        }
        hub.stripe().settleNow();
        for (JsonNode part : shop.ask("/v1/balance", "").path("available")) {
            long third = part.path("amount").asLong() / 3;
            if (third > 0) {
                pay(shop, third, part.path("currency").asString());
                String canceled = pay(shop, third, part.path("currency").asString());
                shop.ask("payouts/" + canceled + "/cancel", "expand[]=balance_transaction");
            }
        }
    }

    private static String pay(SandboxShop shop, long amount, String currency) {
        return shop.ask("payouts", "amount=" + amount + "&currency=" + currency)
                .path("id")
                .asString();
    }

    /** Until the hub has read all, and compared it with Stripe's balance. */
    private static void awaitStatement(SandboxedHub hub) {
        var since = OffsetDateTime.now();
        SandboxedHub.eventually(
                () ->
                        hub.jdbc()
                                .sql(
                                        "select count(*) from statement where agreed_at > :since and differs_since is null")
                                .param("since", since)
                                .query(Long.class)
                                .single(),
                count -> count == 1);
    }

    private static String rate(SandboxShop shop, String percentage, boolean inclusive) {
        String form = "display_name=TVA&country=FR&percentage=" + percentage;
        return shop.ask("tax_rates", form + "&inclusive=" + inclusive).path("id").asString();
    }

    /** A customer pays an invoice; every seventh gets a part of it back. */
    private void sell(SandboxShop shop, List<String> products, List<String> rates, int number) {
        String currency = CURRENCIES.get(random.nextInt(CURRENCIES.size()));
        String customer = shop.ask("customers", customer(number)).path("id").asString();
        // Of some the money is there at once, to be paid out.
        String method = number % 5 == 0 ? "pm_card_bypassPending" : "pm_card_visa";
        String card =
                shop.ask("payment_methods/" + method + "/attach", "customer=" + customer)
                        .path("id")
                        .asString();
        String draft =
                shop.ask(
                                "invoices",
                                "customer="
                                        + customer
                                        + "&currency="
                                        + currency
                                        + "&default_payment_method="
                                        + card
                                        + "&pending_invoice_items_behavior=exclude&metadata[partner]=loyers")
                        .path("id")
                        .asString();
        int lines = number % 100 == 0 ? 100 : 1 + random.nextInt(6);
        for (int line = 0; line < lines; line++) {
            String form = "customer=" + customer + "&invoice=" + draft;
            form += "&quantity=" + (1 + random.nextInt(3));
            form += "&price_data[currency]=" + currency;
            form += "&price_data[unit_amount]=" + amount(currency);
            form += "&price_data[product]=" + products.get(random.nextInt(products.size()));
            if (random.nextInt(3) > 0) {
                form += "&tax_rates[0]=" + rates.get(random.nextInt(rates.size()));
            }
            shop.ask("invoiceitems", form);
        }
        var paid = shop.ask("invoices/" + draft + "/pay", "expand[]=payments");
        if (number % 7 == 0) {
            String intent =
                    paid.path("payments")
                            .path("data")
                            .path(0)
                            .path("payment")
                            .path("payment_intent")
                            .asString();
            long part = paid.path("amount_paid").asLong() / 3 / 10 * 10;
            shop.ask("refunds", "payment_intent=" + intent + "&amount=" + part);
        }
    }

    /** French, German with a VAT number, American; some with a credit to spend. */
    private String customer(int number) {
        String form = "name=Client " + number + "&email=client" + number + "@example.com";
        form += "&address[line1]=1 rue Neuve&address[postal_code]=33000&address[city]=Ville";
        form +=
                switch (random.nextInt(5)) {
                    case 0 ->
                            "&address[country]=DE&tax_id_data[0][type]=eu_vat&tax_id_data[0][value]=DE123456789";
                    case 1 -> "&address[country]=US";
                    default -> "&address[country]=FR";
                };
        return number % 11 == 0 ? form + "&balance=-500" : form;
    }

    /** More than Stripe asks for at least; what has three decimals ends in 0. */
    private long amount(String currency) {
        long amount = 1_500 + random.nextInt(20_000);
        return currency.equals("kwd") ? amount / 10 * 10 : amount;
    }

    private static void awaitAll(SandboxedHub hub) {
        long end = System.nanoTime() + 300_000_000_000L;
        while (System.nanoTime() < end) {
            boolean paid =
                    SandboxedHub.eventually(
                                    () -> documents(hub, "invoice"), count -> count == SALES)
                            == SALES;
            if (paid && hub.owed() == 0) {
                return;
            }
        }
    }

    private static long documents(SandboxedHub hub, String kind) {
        return hub.jdbc()
                .sql("select count(*) from invoice where kind = :kind")
                .param("kind", kind)
                .query(Long.class)
                .single();
    }

    private static List<String> unread(SandboxedHub hub) {
        return hub.jdbc()
                .sql(
                        "select type || ': ' || reason from stripe_event where state not in ('done', 'ignored') limit 5")
                .query(String.class)
                .list();
    }

    /** By currency, what an account holds. */
    private static Map<String, BigDecimal> balances(List<String[]> books, String account) {
        Map<String, BigDecimal> balances = new TreeMap<>();
        for (String[] line : books) {
            if (line[ACCOUNT].equals(account)) {
                var euros = decimal(line[DEBIT]).subtract(decimal(line[CREDIT]));
                boolean foreign = !line[CURRENCY].isEmpty();
                var amount =
                        foreign
                                ? decimal(line[FOREIGN])
                                        .multiply(BigDecimal.valueOf(euros.signum()))
                                : euros;
                balances.merge(foreign ? line[CURRENCY] : "EUR", amount, BigDecimal::add);
            }
        }
        return balances;
    }

    private static BigDecimal decimal(String field) {
        return new BigDecimal(field.replace(',', '.'));
    }

    /** What Stripe holds, by currency. */
    private static Map<String, BigDecimal> held(SandboxShop shop) {
        Map<String, Long> minor = new TreeMap<>();
        var balance = shop.ask("/v1/balance", "");
        for (String status : List.of("available", "pending")) {
            for (JsonNode part : balance.path(status)) {
                minor.merge(
                        part.path("currency").asString(), part.path("amount").asLong(), Long::sum);
            }
        }
        return decimals(minor);
    }

    /** Less than nothing where it is owed. */
    private static Map<String, BigDecimal> owed(SandboxShop shop) {
        Map<String, Long> minor = new TreeMap<>();
        String after = "";
        boolean more = true;
        while (more) {
            var page = shop.ask("refunds?limit=100" + after, "");
            for (JsonNode refund : page.path("data")) {
                boolean failed = refund.path("status").asString().equals("failed");
                minor.merge(
                        refund.path("currency").asString(),
                        failed ? -refund.path("amount").asLong() : 0,
                        Long::sum);
                after = "&starting_after=" + refund.path("id").asString();
            }
            more = page.path("has_more").asBoolean();
        }
        return decimals(minor);
    }

    private static Map<String, BigDecimal> decimals(Map<String, Long> minor) {
        Map<String, BigDecimal> amounts = new TreeMap<>();
        minor.forEach((currency, sum) -> {
            int decimals = currency.equals("jpy") ? 0 : currency.equals("kwd") ? 3 : 2;
            amounts.put(
                    currency.toUpperCase(java.util.Locale.ROOT), BigDecimal.valueOf(sum, decimals));
        });
        return amounts;
    }
}
