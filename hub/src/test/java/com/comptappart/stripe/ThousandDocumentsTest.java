package com.comptappart.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.invoice.InvoiceFilter;
import com.comptappart.invoice.InvoiceIssued;
import com.comptappart.invoice.Invoices;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.Paris;
import com.comptappart.kernel.PartnerId;
import com.comptappart.order.Orders;
import com.comptappart.order.PaidOrder;
import com.comptappart.partner.Sellers;
import com.comptappart.testing.FecForTests;
import com.comptappart.testing.FrenchRules;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.PdfAValidity;
import com.comptappart.testing.Schematrons;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Orders of every kind, numbered and rendered by the running hub, give documents without a fault.
 */
class ThousandDocumentsTest {

    private static final Pattern TOTAL =
            Pattern.compile("<ram:GrandTotalAmount>([^<]*)</ram:GrandTotalAmount>");

    @Test
    void nine_hundred_orders_of_a_normal_seller_give_as_many_documents_without_a_finding() {
        try (var hub = hub().start()) {
            check(hub, 900);
        }
    }

    @Test
    void a_hundred_orders_of_an_exempt_seller_give_as_many_documents_without_a_finding() {
        try (var hub = hub().with("comptappart.seller.vatregime", "franchise").start()) {
            check(hub, 100);
        }
    }

    private static HubForTests hub() {
        return new HubForTests()
                .withProduction()
                .with(
                        "comptappart.exchange.rates",
                        "USD=1.0850,GBP=0.8320,JPY=171.25,KWD=0.3340,CHF=0.9410");
    }

    private static void check(HubForTests hub, int count) {
        var seller = hub.bean(Sellers.class).sellerOf(PartnerId.UNASSIGNED, Environment.PRODUCTION);
        var generated = new GeneratedOrders(seller, 42);
        var paid = IntStream.range(0, count).mapToObj(generated::order).toList();
        new TransactionTemplate(hub.bean(PlatformTransactionManager.class))
                .executeWithoutResult(_ -> hub.bean(Orders.class).record(paid));
        HubForTests.eventually(() -> count(hub), issued -> issued == count, Duration.ofSeconds(60));

        var issued = issued(hub);
        Map<String, PaidOrder> byObject =
                paid.stream()
                        .collect(Collectors.toMap(PaidOrder::stripeObject, Function.identity()));
        var objects = objects(hub);
        var findings = new ArrayList<String>();
        for (int i = 0; i < issued.size(); i++) {
            var order = byObject.get(objects.get(issued.get(i).order().value()));
            findings.addAll(findings(hub, issued.get(i), order, i % 10 == 0));
        }
        assertThat(findings).isEmpty();
        assertThat(issued).hasSize(count);
        checkBooks(hub, paid, issued);
    }

    /** The books say what the ledger says, and hold what was charged. */
    private static void checkBooks(
            HubForTests hub, List<PaidOrder> paid, List<InvoiceIssued> issued) {
        var fec = fec(hub);
        assertThat(fec.broken()).isEmpty();
        Map<String, BigDecimal> charged = new TreeMap<>();
        for (PaidOrder order : paid) {
            var amount = BigDecimal.valueOf(order.total(), order.currency().decimals());
            charged.merge(order.currency().code(), amount, BigDecimal::add);
        }
        assertThat(fec.balancesByCurrency("467000"))
                .usingComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                .usingRecursiveComparison()
                .isEqualTo(charged);
        assertThat(fec.balances().get("411000")).isEqualByComparingTo("0");

        var euros = issued.stream().filter(each -> each.currency().equals("EUR")).toList();
        assertThat(euros).isNotEmpty();
        var numbers = euros.stream().map(InvoiceIssued::number).collect(Collectors.toSet());
        var vat =
                fec.lines().stream()
                        .filter(line -> line.get("CompteNum").startsWith("445"))
                        .filter(line -> numbers.contains(line.get("PieceRef")))
                        .map(line ->
                                FecForTests.amount(line.get("Credit"))
                                        .subtract(FecForTests.amount(line.get("Debit"))))
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(vat)
                .isEqualByComparingTo(
                        BigDecimal.valueOf(
                                euros.stream().mapToLong(InvoiceIssued::taxMinor).sum(), 2));
    }

    private static FecForTests fec(HubForTests hub) {
        int year = LocalDate.now(Paris.ZONE).getYear();
        try {
            return new FecForTests(hub.getBytes("/v1/exports/fec?year=" + year).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> findings(
            HubForTests hub, InvoiceIssued invoice, PaidOrder order, boolean pdfToo) {
        var invoices = hub.bean(Invoices.class);
        byte[] xml = invoices.xml(invoice).orElseThrow().bytes();
        boolean foreignRate =
                order.lines().stream().anyMatch(line -> !line.treatment().country().isEmpty());
        var findings = new ArrayList<String>();
        Schematrons.findings(xml).stream()
                .filter(finding -> !foreignRate || !finding.contains("BR-FR-16"))
                .forEach(findings::add);
        FrenchRules.broken(xml).stream()
                .filter(rule -> !foreignRate || !rule.equals("BR-FR-16"))
                .forEach(findings::add);
        if (pdfToo) {
            findings.addAll(PdfAValidity.findings(invoices.pdf(invoice).orElseThrow().bytes()));
        }
        var total = TOTAL.matcher(new String(xml, StandardCharsets.UTF_8));
        var charged = BigDecimal.valueOf(order.total(), order.currency().decimals());
        if (!total.find() || new BigDecimal(total.group(1)).compareTo(charged) != 0) {
            findings.add("the total is not " + charged);
        }
        if (invoice.totalMinor() != order.total()) {
            findings.add("the invoice is not what was charged");
        }
        findings.replaceAll(finding ->
                invoice.number()
                        + " ("
                        + order.stripeObject()
                        + ", "
                        + order.currency()
                        + "): "
                        + finding);
        return findings;
    }

    private static long count(HubForTests hub) {
        return hub.jdbc().sql("select count(*) from invoice").query(Long.class).single();
    }

    private static Map<Long, String> objects(HubForTests hub) {
        return hub
                .jdbc()
                .sql("select order_id, stripe_object from paid_order")
                .query((row, number) -> Map.entry(row.getLong(1), row.getString(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static List<InvoiceIssued> issued(HubForTests hub) {
        var all = new ArrayList<InvoiceIssued>();
        String after = null;
        do {
            var page =
                    hub.bean(Invoices.class)
                            .list(
                                    new InvoiceFilter(null, null, null, null),
                                    new PageRequest(100, after));
            all.addAll(page.data());
            after = page.nextCursor();
        } while (after != null);
        return all;
    }
}
