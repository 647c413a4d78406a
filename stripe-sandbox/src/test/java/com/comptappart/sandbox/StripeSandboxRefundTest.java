package com.comptappart.sandbox;

import static com.comptappart.sandbox.Merchant.refused;
import static com.comptappart.sandbox.Merchant.valid;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Charge;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.net.RequestOptions;
import com.stripe.param.ChargeRetrieveParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import com.stripe.param.RefundUpdateParams;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StripeSandboxRefundTest {

    private final Merchant shop = new Merchant();

    @AfterEach
    void close() throws Exception {
        shop.verifyAll();
        shop.close();
    }

    @Test
    void a_part_and_then_the_rest_is_given_back_and_each_is_told() throws StripeException {
        PaymentIntent paid = shop.pay("pm_card_visa", 10_000);

        Refund part = valid(refund(paid, 3_000L));
        assertThat(part.getStatus()).isEqualTo("succeeded");
        assertThat(part.getCharge()).isEqualTo(paid.getLatestCharge());
        assertThat(part.getMetadata()).containsEntry("why", "test");
        Charge after = charge(paid);
        assertThat(after.getAmountRefunded()).isEqualTo(3_000);
        assertThat(after.getRefunded()).isFalse();

        Refund rest = refund(paid, null);
        assertThat(rest.getAmount()).isEqualTo(7_000);
        assertThat(charge(paid).getRefunded()).isTrue();
        assertThat(charge(paid).getRefunds().getData())
                .extracting(Refund::getId)
                .containsExactly(rest.getId(), part.getId());
        shop.webhook.awaitAtLeast(2, event -> event.type().equals("charge.refunded"));
        assertThat(shop.webhook.received())
                .extracting(event -> event.type())
                .filteredOn(type -> type.contains("refund"))
                .containsExactly(
                        "refund.created", "charge.refunded", "refund.created", "charge.refunded");
        assertThat(shop.stripe.v1().balanceTransactions().retrieve(part.getBalanceTransaction()))
                .satisfies(moved -> {
                    assertThat(moved.getNet()).isEqualTo(-3_000);
                    assertThat(moved.getType()).isEqualTo("refund");
                });
    }

    @Test
    void never_more_than_the_rest_is_given_back() throws StripeException {
        PaymentIntent paid = shop.pay("pm_card_visa", 10_000);
        refund(paid, 6_000L);

        var tooMuch = refused(InvalidRequestException.class, () -> refund(paid, 4_001L));
        assertThat(tooMuch.getMessage()).contains("€40.01", "€40.00");
        assertThat(tooMuch.getParam()).isEqualTo("amount");
        refused(InvalidRequestException.class, () -> refund(paid, 0L));
        refund(paid, 4_000L);
        assertThat(refused(InvalidRequestException.class, () -> refund(paid, null)).getCode())
                .isEqualTo("charge_already_refunded");
        assertThat(charge(paid).getAmountRefunded()).isEqualTo(10_000);
    }

    @ParameterizedTest
    @CsvSource({"kwd, 10000, 5124, 5120", "isk, 10000, 150, 100", "ugx, 500000, 99, 100"})
    void what_a_bank_cannot_pay_in_a_currency_is_neither_taken_nor_given_back(
            String currency, long amount, long odd, long even) throws StripeException {
        var oddPayment =
                refused(InvalidRequestException.class, () -> payIn(currency, amount + odd % 100));
        assertThat(oddPayment.getParam()).isEqualTo("amount");
        PaymentIntent paid = payIn(currency, amount);

        var oddRefund = refused(InvalidRequestException.class, () -> refund(paid, odd));

        assertThat(oddRefund.getMessage()).contains("evenly divisible by");
        assertThat(charge(paid).getAmountRefunded()).isZero();
        assertThat(refund(paid, even).getStatus()).isEqualTo("succeeded");
    }

    private PaymentIntent payIn(String currency, long amount) throws StripeException {
        return shop.stripe
                .v1()
                .paymentIntents()
                .create(
                        PaymentIntentCreateParams.builder()
                                .setAmount(amount)
                                .setCurrency(currency)
                                .setPaymentMethod("pm_card_visa")
                                .setConfirm(true)
                                .build());
    }

    @Test
    void the_same_request_under_the_same_key_gives_back_once() throws StripeException {
        PaymentIntent paid = shop.pay("pm_card_visa", 10_000);
        var once = RequestOptions.builder().setIdempotencyKey("refund-1").build();
        var params =
                RefundCreateParams.builder()
                        .setCharge(paid.getLatestCharge())
                        .setAmount(100L)
                        .setReason(RefundCreateParams.Reason.REQUESTED_BY_CUSTOMER)
                        .build();

        Refund first = shop.stripe.v1().refunds().create(params, once);
        Refund again = shop.stripe.v1().refunds().create(params, once);

        assertThat(again.getId()).isEqualTo(first.getId());
        assertThat(first.getReason()).isEqualTo("requested_by_customer");
        assertThat(charge(paid).getAmountRefunded()).isEqualTo(100);
    }

    @Test
    void what_was_not_paid_or_is_not_there_cannot_be_given_back() throws StripeException {
        var nothing =
                refused(
                        InvalidRequestException.class,
                        () ->
                                shop.stripe
                                        .v1()
                                        .refunds()
                                        .create(RefundCreateParams.builder().build()));
        assertThat(nothing.getMessage()).contains("payment_intent or charge");
        PaymentIntent debit = shop.pay("pm_sepaDebit_successDelayed_fr", 10_000);
        assertThat(refused(InvalidRequestException.class, () -> refund(debit, null)).getMessage())
                .contains("does not have a successful charge");
    }

    @Test
    void a_pending_refund_succeeds_when_the_bank_has_had_its_time() throws StripeException {
        PaymentIntent paid = shop.pay("pm_card_pendingRefund", 10_000);
        Refund pending = valid(refund(paid, 2_500L));
        assertThat(pending.getStatus()).isEqualTo("pending");
        assertThat(pending.getBalanceTransaction()).isNull();
        assertThat(charge(paid).getAmountRefunded()).isEqualTo(2_500);

        shop.time.pass(Duration.ofMinutes(1));

        assertThat(read(pending).getStatus()).isEqualTo("succeeded");
        var told = shop.told("refund.updated").json().path("data");
        assertThat(told.path("object").path("status").asString()).isEqualTo("succeeded");
        assertThat(told.path("previous_attributes").path("status").asString()).isEqualTo("pending");
        shop.told("charge.refund.updated");
    }

    @Test
    void a_pending_refund_is_canceled_and_its_money_is_free_again() throws StripeException {
        PaymentIntent paid = shop.pay("pm_card_pendingRefund", 10_000);
        Refund pending = refund(paid, null);

        assertThat(shop.stripe.v1().refunds().cancel(pending.getId()).getStatus())
                .isEqualTo("canceled");

        shop.time.pass(Duration.ofMinutes(1));
        assertThat(read(pending).getStatus()).isEqualTo("canceled");
        assertThat(charge(paid).getAmountRefunded()).isZero();
        Refund done = refund(shop.pay("pm_card_visa", 500), null);
        assertThat(
                        refused(
                                        InvalidRequestException.class,
                                        () -> shop.stripe.v1().refunds().cancel(done.getId()))
                                .getMessage())
                .contains("Canceling this refund is unsupported");
    }

    @Test
    void a_refund_that_seemed_done_fails_later_and_the_money_comes_back() throws StripeException {
        PaymentIntent paid = shop.pay("pm_card_refundFail", 10_000);
        Refund refund = refund(paid, 4_000L);
        assertThat(refund.getStatus()).isEqualTo("succeeded");

        shop.time.pass(Duration.ofMinutes(1));

        Refund failed = valid(read(refund));
        assertThat(failed.getStatus()).isEqualTo("failed");
        assertThat(failed.getFailureReason()).isEqualTo("expired_or_canceled_card");
        assertThat(failed.getFailureBalanceTransaction()).isNotNull();
        assertThat(charge(paid).getAmountRefunded()).isZero();
        shop.told("refund.failed");
    }

    @Test
    void a_test_need_not_wait_for_the_clock() throws StripeException {
        Refund pending = refund(shop.pay("pm_card_pendingRefund", 10_000), null);
        shop.sandbox.settleNow();
        assertThat(read(pending).getStatus()).isEqualTo("succeeded");

        Refund usual = refund(shop.pay("pm_card_visa", 10_000), null);
        shop.sandbox.failRefund(usual.getId(), "lost_or_stolen_card");
        assertThat(read(usual).getFailureReason()).isEqualTo("lost_or_stolen_card");
    }

    @Test
    void refunds_are_listed_by_charge_and_changed_in_their_metadata() throws StripeException {
        PaymentIntent paid = shop.pay("pm_card_visa", 10_000);
        Refund one = refund(paid, 1_000L);
        refund(shop.pay("pm_card_visa", 10_000), 1_000L);

        Refund changed =
                shop.stripe
                        .v1()
                        .refunds()
                        .update(
                                one.getId(),
                                RefundUpdateParams.builder().putMetadata("note", "x").build());

        assertThat(changed.getMetadata()).containsEntry("note", "x");
        for (var params :
                new RefundListParams[] {
                    RefundListParams.builder().setCharge(paid.getLatestCharge()).build(),
                    RefundListParams.builder().setPaymentIntent(paid.getId()).build()
                }) {
            assertThat(shop.stripe.v1().refunds().list(params).getData())
                    .extracting(Refund::getId)
                    .containsExactly(one.getId());
        }
        String ofCharge = "/v1/charges/" + paid.getLatestCharge() + "/refunds";
        assertThat(shop.browser.send(shop.request(ofCharge).build()).body())
                .contains(one.getId(), "\"has_more\": false");
    }

    private Refund refund(PaymentIntent paid, Long amount) throws StripeException {
        return shop.stripe
                .v1()
                .refunds()
                .create(
                        RefundCreateParams.builder()
                                .setPaymentIntent(paid.getId())
                                .setAmount(amount)
                                .putMetadata("why", "test")
                                .build());
    }

    private Refund read(Refund refund) throws StripeException {
        return shop.stripe.v1().refunds().retrieve(refund.getId());
    }

    private Charge charge(PaymentIntent paid) throws StripeException {
        return valid(
                shop.stripe
                        .v1()
                        .charges()
                        .retrieve(
                                paid.getLatestCharge(),
                                ChargeRetrieveParams.builder()
                                        .addExpand("refunds")
                                        .addExpand("balance_transaction")
                                        .build()));
    }
}
