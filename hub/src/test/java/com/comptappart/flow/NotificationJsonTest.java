package com.comptappart.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.invoice.DocumentKind;
import com.comptappart.invoice.InvoiceIssued;
import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import com.comptappart.order.Buyer;
import com.comptappart.order.CustomField;
import com.comptappart.order.Order;
import com.comptappart.order.OrderLine;
import com.comptappart.order.OrderRefund;
import com.comptappart.order.PaidOrder;
import com.comptappart.order.Payment;
import com.comptappart.order.Refund;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NotificationJsonTest {

    private static final PartnerId PARTNER = new PartnerId("part_1");
    private static final Instant PAID = Instant.parse("2026-11-23T14:32:18Z");

    @Test
    void the_body_is_the_published_sample_to_the_letter() throws IOException {
        String sample = Files.readString(Path.of("../samples/payloads/order.created.json"));

        assertThat(body("EUR", 8332, 1667, "20.0")).isEqualTo(compact(sample));
    }

    @Test
    void the_body_of_a_refund_is_the_published_sample_to_the_letter() throws IOException {
        String sample = Files.readString(Path.of("../samples/payloads/order.refunded.json"));
        var refunded = Instant.parse("2026-12-02T09:15:00Z");
        var order = order("EUR", 8332, 1667, "20.0");
        var refund =
                new OrderRefund(
                        PARTNER,
                        order.id(),
                        Environment.PRODUCTION,
                        "re_3QMqH82eZvKYlo2C1Rf0xYzA",
                        3000,
                        Currency.EUR,
                        Refund.Status.SUCCEEDED,
                        true,
                        false,
                        "requested_by_customer",
                        "",
                        "evt_3QMqH82eZvKYlo2C1Rf0xYzA",
                        refunded,
                        "",
                        0,
                        null,
                        java.util.Map.of());
        var creditNote =
                new InvoiceIssued(
                        PARTNER,
                        order.id(),
                        Environment.PRODUCTION,
                        "ACA-2026-000007",
                        LocalDate.of(2026, 12, 2),
                        "EUR",
                        3000,
                        500,
                        DocumentKind.CREDIT_NOTE,
                        "FQCA-2026-000156",
                        "re_3QMqH82eZvKYlo2C1Rf0xYzA",
                        "ACA-2026-000007.p.signature",
                        refunded.plusMillis(3_210));

        assertThat(
                        new NotificationJson("https://hub.example/")
                                .refunded(
                                        order,
                                        invoice(order, "EUR", 8332, 1667),
                                        refund,
                                        creditNote))
                .isEqualTo(compact(sample));
    }

    @Test
    void amounts_have_exactly_the_decimals_of_their_currency() {
        assertThat(body("EUR", 8330, 1670, "20"))
                .contains("\"total_amount\":100.00", "\"unit_price\":83.30", "\"tax_rate\":20.0");
        assertThat(body("JPY", 1000, 0, "0"))
                .contains("\"total_amount\":1000,", "\"unit_price\":1000,", "\"tax_rate\":0.0");
        assertThat(body("KWD", 1230, 0, "5.5"))
                .contains("\"total_amount\":1.230,", "\"tax_rate\":5.5");
        assertThat(body("EUR", 99_999_999_999_99L, 0, "0"))
                .contains("\"total_amount\":99999999999.99");
    }

    private static String body(String currency, long net, long vat, String rate) {
        var order = order(currency, net, vat, rate);
        return new NotificationJson("https://hub.example/")
                .order("order.created", order, invoice(order, currency, net, vat));
    }

    private static Order order(String currency, long net, long vat, String rate) {
        var buyer =
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
                        buyer,
                        new Currency(currency),
                        List.of(line),
                        new Payment(PAID, "card", "4242", "pi_1"),
                        "one_time",
                        null,
                        List.of(
                                new CustomField(
                                        "anneedeladeclaration", "Année de la déclaration", "2024")),
                        "[{\"year\":2026,\"property\":{\"external_id\":\"00322f69-c2a2-41d3-9848-0d74c838a6c4\",\"name\":\"Appartement Bordeaux\"}}]",
                        Map.of(),
                        "",
                        null);
        return new Order(new OrderId(156), paid, PAID);
    }

    private static InvoiceIssued invoice(Order order, String currency, long net, long vat) {
        return new InvoiceIssued(
                PARTNER,
                order.id(),
                Environment.PRODUCTION,
                "FQCA-2026-000156",
                LocalDate.of(2026, 11, 23),
                currency,
                net + vat,
                vat,
                DocumentKind.INVOICE,
                "",
                "",
                "FQCA-2026-000156.p.signature",
                PAID.plusMillis(2_345));
    }

    /** Takes out the white space between tokens, and nothing else. */
    private static String compact(String json) {
        return json.strip()
                .replaceAll("\\s*\\n\\s*", "")
                .replaceAll("([\\[{,:]) +", "$1")
                .replaceAll(" +([\\]}])", "$1");
    }
}
