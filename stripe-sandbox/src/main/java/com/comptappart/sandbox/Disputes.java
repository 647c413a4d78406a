package com.comptappart.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/disputes}: opened by the test cards and accounts that Stripe publishes for it,
 * answered with evidence, and decided by the words {@code winning_evidence}, {@code
 * losing_evidence} and {@code escalate_inquiry_evidence} in {@code uncategorized_text}; unanswered,
 * lost at their deadline. Source: docs.stripe.com/testing, "Disputes".
 */
final class Disputes {

    private static final int DAYS_TO_ANSWER = 8;
    private static final Set<String> CLOSED = Set.of("won", "lost", "warning_closed");
    private static final Set<String> UNANSWERED =
            Set.of("needs_response", "warning_needs_response");

    private final Store store;
    private final Events events;
    private final BalanceTransactions balance;
    private final Timeline banks;
    private final Timeline deadlines;

    Disputes(
            Store store,
            Events events,
            BalanceTransactions balance,
            Timeline banks,
            Timeline deadlines) {
        this.store = store;
        this.events = events;
        this.balance = balance;
        this.banks = banks;
        this.deadlines = deadlines;
    }

    void addTo(Routes routes) {
        routes.get("v1/disputes", this::list);
        routes.get("v1/disputes/*", call -> store.get(Kind.DISPUTE, call.id()));
        routes.post("v1/disputes/*", this::update);
        routes.post("v1/disputes/*/close", this::close);
    }

    /** What the card's story opens after a payment, if anything. */
    void follow(ObjectNode charge, TestCard.Aftermath aftermath) {
        switch (aftermath) {
            case DISPUTED_AS_FRAUDULENT -> open(charge, "fraudulent", "10.4");
            case DISPUTED_AS_NOT_RECEIVED -> open(charge, "product_not_received", "13.1");
            case INQUIRED -> inquire(charge);
            case NONE, REFUND_PENDING_FIRST, REFUND_FAILS_LATER -> {}
        }
    }

    /** A chargeback: the money goes at once. */
    ObjectNode open(ObjectNode charge, String reason, String networkCode) {
        ObjectNode dispute = draft(charge, reason, "needs_response");
        describeCard(dispute, charge, "chargeback", networkCode);
        created(dispute, charge);
        withdraw(dispute);
        return dispute;
    }

    /**
     * A debit that the account's owner contests: SEPA knows no answer to that, it is lost at once.
     */
    void ofDebit(ObjectNode charge) {
        ObjectNode dispute = draft(charge, "debit_not_authorized", "lost");
        dispute.put("is_charge_refundable", false);
        created(dispute, charge);
        withdraw(dispute);
        var _ = events.record("charge.dispute.closed", dispute, Cause.NOT_THE_API);
    }

    /** Charged back, or about to be: no refund is possible any more. */
    boolean isChargedBack(ObjectNode charge) {
        return charge.path("disputed").asBoolean()
                && store.newestFirst(Kind.DISPUTE).stream()
                        .filter(dispute -> dispute.path("charge").equals(charge.path("id")))
                        .anyMatch(dispute -> !dispute.path("is_charge_refundable").asBoolean());
    }

    private void inquire(ObjectNode charge) {
        ObjectNode dispute = draft(charge, "general", "warning_needs_response");
        dispute.put("is_charge_refundable", true);
        describeCard(dispute, charge, "inquiry", "10");
        created(dispute, charge);
    }

    private void created(ObjectNode dispute, ObjectNode charge) {
        store.put(Kind.DISPUTE, dispute);
        charge.put("disputed", true);
        var _ = events.record("charge.dispute.created", dispute, Cause.NOT_THE_API);
        deadlines.at(
                dispute.path("evidence_details").path("due_by").asLong(), () -> expire(dispute));
    }

    private void expire(ObjectNode dispute) {
        if (UNANSWERED.contains(dispute.path("status").asString())) {
            ((ObjectNode) dispute.path("evidence_details")).put("past_due", true);
            closed(dispute, isInquiry(dispute) ? "warning_closed" : "lost", Cause.NOT_THE_API);
        }
    }

    private ObjectNode update(Call call) {
        Params params = call.params();
        ObjectNode dispute = store.get(Kind.DISPUTE, call.id());
        requireOpen(dispute);
        ObjectNode changed = dispute.deepCopy();
        params.metadataInto((ObjectNode) changed.path("metadata"));
        boolean evidence = params.has("evidence");
        params.child("evidence")
                .ifPresent(given -> readEvidence((ObjectNode) changed.path("evidence"), given));
        boolean submit = params.flag("submit").orElse(true) && evidence;
        params.refuseUnread();
        ObjectNode before = Json.changes(dispute, changed);
        dispute.setAll(changed);
        if (evidence) {
            ((ObjectNode) dispute.path("evidence_details")).put("has_evidence", true);
        }
        if (submit) {
            submit(dispute);
        }
        var _ = events.record("charge.dispute.updated", dispute, before, call.cause());
        return dispute;
    }

    private void submit(ObjectNode dispute) {
        var details = (ObjectNode) dispute.path("evidence_details");
        details.put("submission_count", details.path("submission_count").asInt() + 1);
        dispute.put("status", isInquiry(dispute) ? "warning_under_review" : "under_review");
        String word = dispute.path("evidence").path("uncategorized_text").asString("");
        banks.in(Duration.ZERO, () -> decide(dispute, word));
    }

    private void decide(ObjectNode dispute, String word) {
        if (CLOSED.contains(dispute.path("status").asString())) {
            return;
        }
        boolean inquiry = isInquiry(dispute);
        switch (word) {
            case "winning_evidence" -> win(dispute);
            case "losing_evidence" ->
                    closed(dispute, inquiry ? "warning_closed" : "lost", Cause.NOT_THE_API);
            case "escalate_inquiry_evidence" -> {
                if (inquiry) {
                    escalate(dispute);
                }
            }
            default -> {} // the bank takes its time
        }
    }

    private void win(ObjectNode dispute) {
        if (isInquiry(dispute)) {
            closed(dispute, "warning_closed", Cause.NOT_THE_API);
            return;
        }
        dispute.put("is_charge_refundable", true);
        transactions(dispute).add(balance.ofReinstatement(dispute));
        dispute.put("status", "won");
        var _ = events.record("charge.dispute.funds_reinstated", dispute, Cause.NOT_THE_API);
        closed(dispute, "won", Cause.NOT_THE_API);
    }

    private void escalate(ObjectNode dispute) {
        ObjectNode before = Json.object().set("status", dispute.path("status"));
        dispute.put("status", "needs_response");
        dispute.put("is_charge_refundable", false);
        ((ObjectNode) dispute.path("payment_method_details").path("card"))
                .put("case_type", "chargeback");
        var _ = events.record("charge.dispute.updated", dispute, before, Cause.NOT_THE_API);
        withdraw(dispute);
    }

    private ObjectNode close(Call call) {
        call.params().refuseUnread();
        ObjectNode dispute = store.get(Kind.DISPUTE, call.id());
        requireOpen(dispute);
        return closed(dispute, isInquiry(dispute) ? "warning_closed" : "lost", call.cause());
    }

    private ObjectNode closed(ObjectNode dispute, String status, Cause cause) {
        dispute.put("status", status);
        var _ = events.record("charge.dispute.closed", dispute, cause);
        return dispute;
    }

    private void withdraw(ObjectNode dispute) {
        transactions(dispute).add(balance.ofWithdrawal(dispute));
        var _ = events.record("charge.dispute.funds_withdrawn", dispute, Cause.NOT_THE_API);
    }

    private static ArrayNode transactions(ObjectNode dispute) {
        return (ArrayNode) dispute.path("balance_transactions");
    }

    private static boolean isInquiry(ObjectNode dispute) {
        return dispute.path("status").asString().startsWith("warning_");
    }

    private static void requireOpen(ObjectNode dispute) {
        if (CLOSED.contains(dispute.path("status").asString())) {
            throw Refusal.of(null, null, "This dispute is already closed");
        }
    }

    private static void readEvidence(ObjectNode evidence, Params given) {
        for (String name : evidence.propertyNames()) {
            if (!name.equals("enhanced_evidence")) {
                given.text(name)
                        .ifPresent(text -> evidence.put(name, text.isEmpty() ? null : text));
            }
        }
    }

    private ObjectNode list(Call call) {
        Predicate<ObjectNode> wanted =
                Page.created(call.params())
                        .and(Page.equal(call.params(), "charge"))
                        .and(Page.equal(call.params(), "payment_intent"));
        return Page.of(call, store.newestFirst(Kind.DISPUTE).stream().filter(wanted).toList());
    }

    private static void describeCard(
            ObjectNode dispute, ObjectNode charge, String caseType, String networkCode) {
        String brand =
                charge.path("payment_method_details").path("card").path("brand").asString("visa");
        dispute.set(
                "payment_method_details",
                Json.object()
                        .put("type", "card")
                        .set(
                                "card",
                                Json.object()
                                        .put("brand", brand)
                                        .put("case_type", caseType)
                                        .put("network", brand)
                                        .put("network_reason_code", networkCode)));
    }

    private ObjectNode draft(ObjectNode charge, String reason, String status) {
        ObjectNode dispute =
                Json.object(
                        """
                        {"id": "", "object": "dispute", "amount": 0, "balance_transactions": [], "charge": "",
                         "created": 0, "currency": "", "enhanced_eligibility_types": [],
                         "evidence": {"access_activity_log": null, "billing_address": null,
                           "cancellation_policy": null, "cancellation_policy_disclosure": null,
                           "cancellation_rebuttal": null, "customer_communication": null,
                           "customer_email_address": null, "customer_name": null,
                           "customer_purchase_ip": null, "customer_signature": null,
                           "duplicate_charge_documentation": null, "duplicate_charge_explanation": null,
                           "duplicate_charge_id": null, "enhanced_evidence": {},
                           "product_description": null, "receipt": null, "refund_policy": null,
                           "refund_policy_disclosure": null, "refund_refusal_explanation": null,
                           "service_date": null, "service_documentation": null, "shipping_address": null,
                           "shipping_carrier": null, "shipping_date": null,
                           "shipping_documentation": null, "shipping_tracking_number": null,
                           "uncategorized_file": null, "uncategorized_text": null},
                         "evidence_details": {"due_by": 0, "enhanced_eligibility": {},
                           "has_evidence": false, "past_due": false, "submission_count": 0},
                         "is_charge_refundable": false, "livemode": false, "metadata": {},
                         "payment_intent": "", "reason": "", "status": ""}
                        """);
        dispute.put("id", Kind.DISPUTE.newId());
        dispute.put("amount", charge.path("amount_captured").asLong());
        dispute.set("charge", charge.path("id"));
        dispute.put("created", store.now());
        dispute.set("currency", charge.path("currency"));
        ((ObjectNode) dispute.path("evidence_details")).put("due_by", dueBy());
        dispute.set("payment_intent", charge.path("payment_intent"));
        dispute.put("reason", reason);
        dispute.put("status", status);
        return dispute;
    }

    private long dueBy() {
        return Instant.ofEpochSecond(store.now())
                .atZone(ZoneOffset.UTC)
                .toLocalDate()
                .plusDays(DAYS_TO_ANSWER)
                .atTime(LocalTime.of(23, 59, 59))
                .toEpochSecond(ZoneOffset.UTC);
    }
}
