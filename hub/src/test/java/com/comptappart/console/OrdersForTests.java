package com.comptappart.console;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import com.comptappart.order.Buyer;
import com.comptappart.order.CustomField;
import com.comptappart.order.Order;
import com.comptappart.order.OrderLine;
import com.comptappart.order.Orders;
import com.comptappart.order.PaidOrder;
import com.comptappart.order.Payment;
import com.comptappart.order.Refund;
import com.comptappart.order.Refunds;
import com.comptappart.testing.HubForTests;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Orders as the reader of Stripe's events would record them. */
final class OrdersForTests {

    private OrdersForTests() {}

    static Order record(HubForTests hub, PaidOrder paid) {
        var transaction = new TransactionTemplate(hub.bean(PlatformTransactionManager.class));
        return transaction.execute(_ -> hub.bean(Orders.class).record(List.of(paid))).getFirst();
    }

    static PaidOrder paid(PartnerId partner, Environment environment, String object, String buyer) {
        return paid(partner, environment, object, buyer, "");
    }

    static PaidOrder paid(
            PartnerId partner,
            Environment environment,
            String object,
            String buyer,
            String attention) {
        return new PaidOrder(
                "",
                environment,
                object,
                "evt_" + object,
                partner,
                buyer(buyer, object + "@example.com"),
                Currency.EUR,
                List.of(
                        new OrderLine(
                                "prod_RFvQB6zA3Tn8yZ",
                                "Déclaration d'impôts - Formule Complète",
                                1,
                                8332,
                                1667,
                                new BigDecimal("20"),
                                "services"),
                        new OrderLine(
                                "prod_guide",
                                "Guide papier",
                                2,
                                1896,
                                104,
                                new BigDecimal("5.5"),
                                "goods")),
                new Payment(Instant.parse("2026-11-23T14:32:18Z"), "card", "4242", "pi_" + object),
                "one_time",
                null,
                List.of(new CustomField("annee", "Année de la déclaration", "2024")),
                """
                [{"year":2026,"property":{"external_id":"00322f69-c2a2","name":"Appartement Bordeaux"}}]\
                """,
                Map.of("campagne", "rentrée"),
                attention,
                null);
    }

    /** One of an order's payment, as Stripe tells it. */
    static void refund(
            HubForTests hub, String object, String id, long amount, Refund.Status status) {
        var refund =
                new Refund(
                        "",
                        Environment.STAGING,
                        id,
                        "pi_" + object,
                        null,
                        amount,
                        Currency.EUR,
                        status,
                        "requested_by_customer",
                        "",
                        null,
                        "evt_" + id,
                        Instant.parse("2026-11-24T10:00:00Z"));
        new TransactionTemplate(hub.bean(PlatformTransactionManager.class))
                .executeWithoutResult(_ -> hub.bean(Refunds.class).record(List.of(refund)));
    }

    private static Buyer buyer(String name, String email) {
        return new Buyer(
                name,
                email,
                "+33687654321",
                "12 rue des Écoles",
                null,
                "33000",
                "Bordeaux",
                "FR",
                null,
                null,
                false,
                "fr");
    }
}
