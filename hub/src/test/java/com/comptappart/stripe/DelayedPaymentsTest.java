package com.comptappart.stripe;

import static com.comptappart.stripe.EventRows.ended;
import static com.comptappart.stripe.EventRows.orders;
import static com.comptappart.stripe.EventRows.reason;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PageRequest;
import com.comptappart.mail.Mails;
import com.comptappart.order.PendingOrder;
import com.comptappart.order.PendingOrders;
import com.comptappart.partner.Partners;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.StripeStub;
import com.comptappart.testing.StripeStub.Line;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Payments whose money comes days later, or never: SEPA debits, bank transfers. */
class DelayedPaymentsTest {

    private static StripeStub stripe;
    private static HubForTests hub;

    @BeforeAll
    static void start() {
        stripe = StripeStub.start();
        hub = new HubForTests().asking(stripe).start();
        hub.bean(Partners.class).create("Loyers", "loyers", "b@example.com", "fr");
        stripe.product("prod_loyers", "loyers");
    }

    @AfterAll
    static void stop() {
        hub.close();
        stripe.close();
    }

    private static ObjectNode session(String name) {
        stripe.session("cs_" + name, new Line("Guide", 1, 5_000, "prod_loyers"));
        return stripe.session("cs_" + name);
    }

    private static void tell(String event, String type, ObjectNode session) {
        assertThat(hub.stripeEvent(stripe.event(event, type, session).toString()).statusCode())
                .isEqualTo(200);
        ended(hub, event);
    }

    private static List<PendingOrder.State> open(String session) {
        return hub.bean(PendingOrders.class).open(null, Environment.STAGING).stream()
                .filter(each -> each.stripeObject().equals(session))
                .map(PendingOrders.Shown::state)
                .toList();
    }

    private static List<Mails.Mail> mails() {
        return hub
                .bean(Mails.class)
                .list(null, Environment.STAGING, Mails.State.KEPT, new PageRequest(100, null))
                .data()
                .stream()
                .filter(mail -> mail.key().startsWith("payment-failed"))
                .toList();
    }

    @Test
    void nothing_is_invoiced_before_the_money_is_there() {
        var session = session("wait");
        tell(
                "evt_wait",
                "checkout.session.completed",
                session.deepCopy().put("payment_status", "unpaid"));
        assertThat(orders(hub, "evt_wait")).isEmpty();
        assertThat(reason(hub, "evt_wait")).contains("awaiting funds");
        assertThat(open("cs_wait")).containsExactly(PendingOrder.State.AWAITING);
        assertThat(hub.get("/v1/invoices").body()).doesNotContain("cs_wait");

        tell("evt_came", "checkout.session.async_payment_succeeded", session);
        assertThat(orders(hub, "evt_came")).hasSize(1);
        assertThat(open("cs_wait")).isEmpty();
    }

    @Test
    void a_debit_that_fails_is_shown_and_its_buyer_is_told_once() {
        var session = session("fail").put("payment_status", "unpaid");
        stripe.intent("cs_fail")
                .putObject("last_payment_error")
                .put("message", "The account has insufficient funds.");
        tell("evt_fail_0", "checkout.session.completed", session);
        tell("evt_fail_1", "checkout.session.async_payment_failed", session);
        tell("evt_fail_2", "checkout.session.async_payment_failed", session);

        assertThat(open("cs_fail")).containsExactly(PendingOrder.State.FAILED);
        assertThat(orders(hub, "evt_fail_1")).isEmpty();
        assertThat(mails()).hasSize(1);
        var mail = mails().getFirst();
        assertThat(mail.order()).isNull();
        assertThat(mail.subject()).startsWith("Votre paiement n'a pas abouti");
        assertThat(mail.text()).contains("50,00\u00a0€", "aucune facture");
        assertThat(
                        hub.bean(PendingOrders.class).open(null, Environment.STAGING).stream()
                                .map(PendingOrders.Shown::reason))
                .contains("The account has insufficient funds.");
    }
}
