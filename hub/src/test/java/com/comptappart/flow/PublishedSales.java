package com.comptappart.flow;

import com.comptappart.invoice.DocumentKind;
import com.comptappart.invoice.InvoiceIssued;
import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.VatTreatment;
import com.comptappart.order.Buyer;
import com.comptappart.order.CustomField;
import com.comptappart.order.Order;
import com.comptappart.order.OrderLine;
import com.comptappart.order.PaidOrder;
import com.comptappart.order.Payment;
import com.comptappart.order.SubItem;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** What the published bodies tell of: Marie Martin's purchase, her subscription's second year. */
final class PublishedSales {

    static final PartnerId PARTNER = new PartnerId("part_1");
    static final Instant PAID = Instant.parse("2026-11-23T14:32:18Z");
    static final Instant RENEWED = Instant.parse("2027-11-23T15:32:18Z");
    static final String SUBSCRIPTION = "sub_1QMqH82eZvKYlo2CVtzWmXk3";

    static final Buyer MARIE =
            new Buyer(
                    "Marie Martin",
                    "marie.martin@example.com",
                    "+33687654321",
                    null,
                    null,
                    null,
                    null,
                    "FR",
                    null,
                    null,
                    false,
                    "fr");

    private PublishedSales() {}

    /** One product, bought once. */
    static Order bought(String currency, long net, long vat, String rate) {
        var line =
                new OrderLine(
                        "prod_RFvQB6zA3Tn8yZ",
                        "Déclaration d'impôts - Formule Complète",
                        1,
                        net,
                        vat,
                        new BigDecimal(rate),
                        "services");
        var paid =
                new PaidOrder(
                        "",
                        Environment.PRODUCTION,
                        "cs_live_1",
                        "evt_3QMqH82eZvKYlo2C0xzQjKVp",
                        PARTNER,
                        MARIE,
                        new Currency(currency),
                        List.of(line),
                        new Payment(PAID, "card", "4242", "pi_1"),
                        "one_time",
                        null,
                        List.of(
                                new CustomField(
                                        "anneedeladeclaration", "Année de la déclaration", "2024")),
                        coverage(2026),
                        Map.of(),
                        "",
                        null);
        return new Order(new OrderId(156), paid, PAID);
    }

    /** Two at a price of two tiers, paid for the second year. */
    static Order renewed() {
        var line =
                new OrderLine(
                        "prod_RFvQc1mY7sWq2L",
                        "Comptabilité annuelle",
                        2,
                        15_000,
                        3_000,
                        new BigDecimal("20"),
                        "services",
                        List.of(
                                new SubItem(
                                        "Comptabilité annuelle (Tier 1 at €120.00 / year)",
                                        1,
                                        10_000,
                                        12_000),
                                new SubItem(
                                        "Comptabilité annuelle (Tier 2 at €60.00 / year)",
                                        1,
                                        5_000,
                                        6_000)),
                        VatTreatment.ofRate(new BigDecimal("20")),
                        0L);
        var paid =
                new PaidOrder(
                        "",
                        Environment.PRODUCTION,
                        "in_1",
                        "evt_1SXk2bH82eZvKYlo2Cq7RnWd",
                        PARTNER,
                        MARIE,
                        Currency.EUR,
                        List.of(line),
                        new Payment(RENEWED, "card", "4242", "pi_2"),
                        "subscription_cycle",
                        SUBSCRIPTION,
                        List.of(new CustomField("regimefiscal", "Régime fiscal", "lmnpreel")),
                        coverage(2027),
                        Map.of("dossier", "B-2041", "coverage", coverage(2026)),
                        "",
                        null);
        return new Order(new OrderId(203), paid, RENEWED);
    }

    private static String coverage(int year) {
        return "[{\"year\":"
                + year
                + ",\"property\":{\"external_id\":\"00322f69-c2a2-41d3-9848-0d74c838a6c4\",\"name\":\"Appartement Bordeaux\"}}]";
    }

    /** Its invoice, two seconds after it was paid. */
    static InvoiceIssued invoice(Order order, String number) {
        var paid = order.paid();
        return new InvoiceIssued(
                PARTNER,
                order.id(),
                Environment.PRODUCTION,
                number,
                LocalDate.ofInstant(paid.payment().paidAt(), ZoneOffset.UTC),
                paid.currency().code(),
                paid.total(),
                paid.tax(),
                DocumentKind.INVOICE,
                "",
                "",
                number + ".p.signature",
                paid.payment().paidAt().plusMillis(2_345));
    }
}
