package com.comptappart.sandbox;

import static com.comptappart.sandbox.Merchant.refused;
import static com.comptappart.sandbox.Merchant.valid;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.BalanceTransaction;
import com.stripe.model.Dispute;
import com.stripe.model.PaymentIntent;
import com.stripe.param.BalanceTransactionListParams;
import com.stripe.param.ChargeRetrieveParams;
import com.stripe.param.DisputeListParams;
import com.stripe.param.DisputeRetrieveParams;
import com.stripe.param.DisputeUpdateParams;
import com.stripe.param.RefundCreateParams;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StripeSandboxDisputeTest {

    private final Merchant shop = new Merchant();

    @AfterEach
    void close() throws Exception {
        shop.verifyAll();
        shop.close();
    }

    @Test
    void a_disputed_payment_is_told_in_stripes_order_and_cannot_be_refunded()
            throws StripeException {
        PaymentIntent paid = shop.pay("pm_card_createDispute", 10_000);
        Dispute dispute = only(paid);

        assertThat(dispute.getReason()).isEqualTo("fraudulent");
        assertThat(dispute.getStatus()).isEqualTo("needs_response");
        assertThat(dispute.getAmount()).isEqualTo(10_000);
        assertThat(dispute.getBalanceTransactions().getFirst().getNet()).isEqualTo(-12_000);
        assertThat(shop.toldUpTo("payment_intent.succeeded"))
                .containsExactly(
                        "payment_intent.created",
                        "charge.succeeded",
                        "charge.dispute.created",
                        "charge.dispute.funds_withdrawn",
                        "payment_intent.succeeded");
        var refusal = refused(InvalidRequestException.class, () -> refund(paid));
        assertThat(refusal.getCode()).isEqualTo("charge_disputed");
        assertThat(shop.stripe.v1().charges().retrieve(paid.getLatestCharge()).getDisputed())
                .isTrue();
    }

    @Test
    void winning_evidence_brings_the_money_back() throws StripeException {
        PaymentIntent paid = shop.pay("pm_card_createDisputeProductNotReceived", 10_000);
        Dispute dispute = only(paid);
        assertThat(dispute.getReason()).isEqualTo("product_not_received");

        Dispute answered = evidence(dispute, "winning_evidence", true);
        assertThat(answered.getStatus()).isEqualTo("under_review");
        assertThat(answered.getEvidenceDetails().getSubmissionCount()).isEqualTo(1);

        assertThat(read(dispute).getStatus()).isEqualTo("won");
        assertThat(shop.toldUpTo("charge.dispute.closed"))
                .endsWith(
                        "charge.dispute.updated",
                        "charge.dispute.funds_reinstated",
                        "charge.dispute.closed");
        assertThat(read(dispute).getBalanceTransactions())
                .extracting(BalanceTransaction::getAmount)
                .containsExactly(-10_000L, 10_000L);
        assertThat(refund(paid)).isEqualTo("succeeded");
    }

    @Test
    void losing_evidence_silence_and_giving_up_lose() throws StripeException {
        Dispute argued = only(shop.pay("pm_card_createDispute", 1_000));
        Dispute givenUp = only(shop.pay("pm_card_createDispute", 1_000));
        Dispute unanswered = only(shop.pay("pm_card_createDispute", 1_000));

        evidence(argued, "losing_evidence", true);
        assertThat(valid(shop.stripe.v1().disputes().close(givenUp.getId())).getStatus())
                .isEqualTo("lost");
        shop.time.pass(Duration.ofDays(9));

        for (Dispute dispute : List.of(argued, givenUp, unanswered)) {
            assertThat(read(dispute).getStatus()).isEqualTo("lost");
            assertThat(
                            refused(
                                            InvalidRequestException.class,
                                            () ->
                                                    shop.stripe
                                                            .v1()
                                                            .disputes()
                                                            .close(dispute.getId()))
                                    .getMessage())
                    .startsWith("This dispute is already closed");
        }
        assertThat(read(unanswered).getEvidenceDetails().getPastDue()).isTrue();
        shop.webhook.awaitAtLeast(3, event -> event.type().equals("charge.dispute.closed"));
    }

    @Test
    void an_inquiry_takes_no_money_until_it_is_escalated() throws StripeException {
        PaymentIntent paid = shop.pay("pm_card_createDisputeInquiry", 10_000);
        Dispute inquiry = only(paid);
        assertThat(inquiry.getStatus()).isEqualTo("warning_needs_response");
        assertThat(inquiry.getIsChargeRefundable()).isTrue();
        assertThat(inquiry.getBalanceTransactions()).isEmpty();

        evidence(inquiry, "escalate_inquiry_evidence", true);

        Dispute escalated = read(inquiry);
        assertThat(escalated.getStatus()).isEqualTo("needs_response");
        assertThat(escalated.getBalanceTransactions()).hasSize(1);
        refused(InvalidRequestException.class, () -> refund(paid));
    }

    @Test
    void evidence_may_be_prepared_before_it_is_submitted() throws StripeException {
        Dispute dispute = only(shop.pay("pm_card_createDispute", 10_000));

        Dispute staged = evidence(dispute, "all is well", false);

        assertThat(staged.getStatus()).isEqualTo("needs_response");
        assertThat(staged.getEvidenceDetails().getHasEvidence()).isTrue();
        assertThat(staged.getEvidenceDetails().getSubmissionCount()).isZero();
        assertThat(staged.getMetadata()).containsEntry("case", "7");
        assertThat(
                        shop.told("charge.dispute.updated")
                                .json()
                                .path("data")
                                .has("previous_attributes"))
                .isTrue();
    }

    @Test
    void a_test_disputes_any_charge() throws StripeException {
        PaymentIntent paid = shop.pay("pm_card_mastercard", 10_000);

        String id = shop.sandbox.dispute(paid.getLatestCharge(), "duplicate");

        assertThat(only(paid).getId()).isEqualTo(id);
        shop.told("charge.dispute.funds_withdrawn");
    }

    @Test
    void the_balance_shows_the_fee_of_a_charge_and_when_it_is_available() throws StripeException {
        PaymentIntent paid = shop.pay("pm_card_visa", 11_900);
        var charge =
                valid(
                        shop.stripe
                                .v1()
                                .charges()
                                .retrieve(
                                        paid.getLatestCharge(),
                                        ChargeRetrieveParams.builder()
                                                .addExpand("balance_transaction")
                                                .build()));

        BalanceTransaction moved = charge.getBalanceTransactionObject();
        assertThat(moved.getFee()).isEqualTo(179 + 25);
        assertThat(moved.getNet()).isEqualTo(11_900 - 204);
        assertThat(moved.getStatus()).isEqualTo("pending");
        shop.time.pass(Duration.ofDays(7));
        assertThat(shop.stripe.v1().balanceTransactions().retrieve(moved.getId()).getStatus())
                .isEqualTo("available");
        assertThat(
                        valid(
                                        shop.stripe
                                                .v1()
                                                .balanceTransactions()
                                                .list(
                                                        BalanceTransactionListParams.builder()
                                                                .setType("charge")
                                                                .setSource(charge.getId())
                                                                .build()))
                                .getData())
                .hasSize(1);
        assertThat(shop.toldUpTo("charge.updated"))
                .endsWith("charge.succeeded", "payment_intent.succeeded", "charge.updated");
    }

    private Dispute only(PaymentIntent paid) throws StripeException {
        List<Dispute> found =
                valid(
                                shop.stripe
                                        .v1()
                                        .disputes()
                                        .list(
                                                DisputeListParams.builder()
                                                        .setPaymentIntent(paid.getId())
                                                        .build()))
                        .getData();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private Dispute read(Dispute dispute) throws StripeException {
        return valid(
                shop.stripe
                        .v1()
                        .disputes()
                        .retrieve(
                                dispute.getId(),
                                DisputeRetrieveParams.builder()
                                        .addExpand("charge")
                                        .addExpand("payment_intent")
                                        .build()));
    }

    private Dispute evidence(Dispute dispute, String text, boolean submit) throws StripeException {
        return valid(
                shop.stripe
                        .v1()
                        .disputes()
                        .update(
                                dispute.getId(),
                                DisputeUpdateParams.builder()
                                        .setEvidence(
                                                DisputeUpdateParams.Evidence.builder()
                                                        .setUncategorizedText(text)
                                                        .build())
                                        .setSubmit(submit)
                                        .putMetadata("case", "7")
                                        .build()));
    }

    private String refund(PaymentIntent paid) throws StripeException {
        return shop.stripe
                .v1()
                .refunds()
                .create(RefundCreateParams.builder().setPaymentIntent(paid.getId()).build())
                .getStatus();
    }
}
