package com.comptappart.flow;

import static com.comptappart.flow.PublishedSales.MARIE;
import static com.comptappart.flow.PublishedSales.PARTNER;
import static com.comptappart.flow.PublishedSales.SUBSCRIPTION;
import static com.comptappart.flow.PublishedSales.bought;
import static com.comptappart.flow.PublishedSales.invoice;
import static com.comptappart.flow.PublishedSales.renewed;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.invoice.DocumentKind;
import com.comptappart.invoice.InvoiceIssued;
import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import com.comptappart.order.Dispute;
import com.comptappart.order.GivenBack;
import com.comptappart.order.OrderRefund;
import com.comptappart.order.Refund;
import com.comptappart.order.SubscriptionFact;
import com.comptappart.order.SubscriptionNotice;
import com.comptappart.order.SubscriptionState;
import com.comptappart.testing.Payloads;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotificationJsonTest {

    private static final NotificationJson JSON = new NotificationJson("https://hub.example/");
    private static final String INVOICE = "FQCA-2026-000156";

    @Test
    void the_body_of_an_order_is_the_published_sample_to_the_letter() {
        assertThat(body("EUR", 8332, 1667, "20.0")).isEqualTo(Payloads.sent("order.created"));
    }

    @Test
    void the_body_of_a_renewal_is_the_published_sample_to_the_letter() {
        var order = renewed();

        assertThat(JSON.order("order.renewed", order, invoice(order, "FQCA-2027-000203")))
                .isEqualTo(Payloads.sent("order.renewed"));
    }

    @Test
    void the_body_of_a_refund_is_the_published_sample_to_the_letter() {
        var refunded = Instant.parse("2026-12-02T09:15:00Z");
        var order = bought("EUR", 8332, 1667, "20.0");
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
                        GivenBack.OF_ALL);
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
                        INVOICE,
                        "re_3QMqH82eZvKYlo2C1Rf0xYzA",
                        "ACA-2026-000007.p.signature",
                        refunded.plusMillis(3_210));

        assertThat(JSON.refunded(order, invoice(order, INVOICE), refund, creditNote))
                .isEqualTo(Payloads.sent("order.refunded"));
    }

    @Test
    void the_body_of_a_dispute_is_the_published_sample_to_the_letter() {
        var order = bought("EUR", 8332, 1667, "20.0");
        var dispute =
                new Dispute(
                        "",
                        Environment.PRODUCTION,
                        "du_1QXyZtH82eZvKYlo2CfTn0aQ",
                        "pi_1",
                        9999,
                        Currency.EUR,
                        "fraudulent",
                        "needs_response",
                        Dispute.Stage.OPENED,
                        "evt_1QXyZtH82eZvKYlo2Cm4WbLs",
                        Instant.parse("2026-12-09T08:04:51Z"));

        assertThat(JSON.disputed(order, invoice(order, INVOICE), dispute))
                .isEqualTo(Payloads.sent("order.disputed"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    CREATED        | evt_1QMqHaH82eZvKYlo2CpU5kXe | 2026-11-23T14:32:19Z | active   | 2027-11-23T14:32:18Z | |
                    UPDATED        | evt_1RbT0mH82eZvKYlo2C8sDqVz | 2027-06-18T10:20:31Z | active   | 2027-11-23T14:32:18Z | 2027-11-23T14:32:18Z | 2027-06-18T10:20:31Z
                    CANCELED       | evt_1SXk2cH82eZvKYlo2CwE1mHu | 2027-11-23T14:32:18Z | canceled | 2027-11-23T14:32:18Z | 2027-11-23T14:32:18Z | 2027-06-18T10:20:31Z
                    PAYMENT_FAILED | evt_1SXkWqH82eZvKYlo2CiN6yBf | 2027-11-23T15:32:24Z | past_due | 2028-11-23T14:32:18Z | |
                    """)
    void the_body_of_a_subscription_is_the_published_sample_to_the_letter(
            SubscriptionFact.Kind kind,
            String event,
            Instant at,
            String status,
            Instant periodEnd,
            Instant cancelAt,
            Instant canceledAt) {
        var state =
                new SubscriptionState(
                        PARTNER,
                        "",
                        Environment.PRODUCTION,
                        SUBSCRIPTION,
                        status,
                        periodEnd,
                        cancelAt,
                        canceledAt,
                        MARIE,
                        at);
        String type = Owed.type(kind);

        assertThat(JSON.subscription(type, new SubscriptionNotice(kind, state, event, at)))
                .isEqualTo(Payloads.sent(type));
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
        var order = bought(currency, net, vat, rate);
        return JSON.order("order.created", order, invoice(order, INVOICE));
    }
}
