package com.comptappart.stripe;

import static com.comptappart.testing.HubForTests.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.comptappart.invoice.CreditNoteRequest.Taken;
import com.comptappart.invoice.Creditable;
import com.comptappart.invoice.Creditables;
import com.comptappart.invoice.InvoiceContent;
import com.comptappart.invoice.Ledger;
import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Refused;
import com.comptappart.kernel.VatTreatment;
import com.comptappart.order.Dispute;
import com.comptappart.order.Disputes;
import com.comptappart.order.Order;
import com.comptappart.order.OrderLine;
import com.comptappart.order.Orders;
import com.comptappart.partner.Partners;
import com.comptappart.stripe.RefundRequests.Obstacle;
import com.comptappart.stripe.RefundRequests.Wanted;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.PaidOrders;
import com.comptappart.testing.StripeStub;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** A refund of some lines: its credit note says those, and said so before the money moved. */
class RefundedLinesTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static StripeStub stripe;
    private static HubForTests hub;
    private static PartnerId partner;
    private static RefundRequests refunds;

    @BeforeAll
    static void start() {
        stripe = StripeStub.start();
        hub = new HubForTests().asking(stripe).start();
        partner = hub.bean(Partners.class).create("Lignes", "lignes", "l@example.com", "fr").id();
        refunds = hub.bean(RefundRequests.class);
    }

    @AfterAll
    static void stop() {
        hub.close();
        stripe.close();
    }

    /** A service at 20 %, two books at 5.5 % of which 10.00 were taken off, and another book. */
    private static Order order(String name) {
        var reduced =
                new OrderLine(
                        "prod_book",
                        "Guide papier",
                        2,
                        2844,
                        156,
                        new BigDecimal("5.5"),
                        "goods",
                        List.of(),
                        VatTreatment.ofRate(new BigDecimal("5.5")),
                        1000L);
        var paid =
                PaidOrders.of(
                        Environment.STAGING,
                        name,
                        partner,
                        null,
                        Currency.EUR,
                        List.of(
                                new OrderLine(
                                        "prod_form",
                                        "Formule",
                                        1,
                                        8332,
                                        1667,
                                        new BigDecimal("20"),
                                        "services"),
                                reduced,
                                new OrderLine(
                                        "prod_book",
                                        "Guide relié",
                                        1,
                                        1896,
                                        104,
                                        new BigDecimal("5.5"),
                                        "goods")));
        var order =
                transaction().execute(_ -> hub.bean(Orders.class).record(List.of(paid))).getFirst();
        eventually(() -> creditable(order).isPresent(), there -> there);
        return order;
    }

    private static java.util.Optional<Creditable> creditable(Order order) {
        return hub.bean(Creditables.class).of(partner, order.id());
    }

    private static TransactionTemplate transaction() {
        return new TransactionTemplate(hub.bean(PlatformTransactionManager.class));
    }

    private static Wanted of(long minor, Map<Integer, Long> lines) {
        return new Wanted(minor, "requested_by_customer", lines, null);
    }

    /** What Stripe tells of a refund that we asked for. */
    private static void tell(String name, RefundRequests.Requested made, String type) {
        var form =
                stripe.posts().to("/v1/refunds").stream()
                        .filter(each ->
                                each.form().getOrDefault("payment_intent", "").equals("pi_" + name))
                        .toList()
                        .getLast()
                        .form();
        var refund = JSON.createObjectNode().put("id", made.id()).put("object", "refund");
        refund.put("amount", made.amount().minor()).put("currency", "eur");
        refund.put("payment_intent", "pi_" + name).put("status", "succeeded");
        refund.put("created", Instant.now().getEpochSecond());
        var metadata = refund.putObject("metadata");
        form.forEach((key, value) -> {
            if (key.startsWith("metadata[")) {
                metadata.put(key.substring(9, key.length() - 1), value);
            }
        });
        hub.stripeEvent(stripe.event("evt_" + made.id() + type, type, refund).toString());
    }

    private static List<InvoiceContent> creditNotes(Order order, int count) {
        return eventually(
                () ->
                        hub
                                .jdbc()
                                .sql(
                                        "select content from invoice where order_id = :order and kind = 'credit_note' order by seq")
                                .param("order", order.id().value())
                                .query(String.class)
                                .list()
                                .stream()
                                .map(json -> JSON.readValue(json, InvoiceContent.class))
                                .toList(),
                count);
    }

    private static List<String> said(InvoiceContent note) {
        return note.lines().stream()
                .map(line -> line.name() + " " + line.net() + " " + line.vat())
                .toList();
    }

    private static List<String> said(Creditable.Draft draft) {
        return draft.lines().stream()
                .map(line -> line.name() + " " + line.net() + " " + line.vat())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"refund.created", "refund.updated", "charge.refund.updated"})
    void a_refund_of_one_line_credits_that_line_and_no_other(String type) {
        String name = "one" + type.replace(".", "");
        var order = order(name);
        var made = refunds.create(order, of(1000, Map.of(2, 1000L)), "key-" + name);
        tell(name, made, type);
        assertThat(said(creditNotes(order, 1).getFirst())).containsExactly("Guide relié 948 52");
    }

    @Test
    void the_draft_before_the_money_moves_is_the_credit_note_that_comes() {
        var order = order("draft");
        var places = order.paid().invoiceLines();
        assertThat(places).containsExactly(List.of(0), List.of(1, 2), List.of(3));
        var draft =
                creditable(order)
                        .orElseThrow()
                        .draft(
                                3500,
                                List.of(
                                        new Taken(places.get(1), 3000),
                                        new Taken(places.get(0), 500)));
        var made = refunds.create(order, of(3500, Map.of(0, 500L, 1, 3000L)), "key-draft");
        tell("draft", made, "refund.created");
        var note = creditNotes(order, 1).getFirst();
        assertThat(said(draft)).containsExactlyElementsOf(said(note));
        assertThat(draft.net()).isEqualTo(note.net());
        assertThat(draft.vat()).isEqualTo(note.vat());
        assertThat(draft.left()).isEqualTo(order.paid().total() - 3500);
        assertThat(creditable(order).orElseThrow().lines())
                .extracting(Creditable.Line::left)
                .containsExactly(9499L, 0L, 0L, 2000L);
    }

    @Test
    void a_second_refund_of_a_line_that_is_used_up_is_of_the_others_and_never_of_more() {
        var order = order("twice");
        var first = refunds.create(order, of(2000, Map.of(2, 2000L)), "key-twice-1");
        var second = refunds.create(order, of(2000, Map.of(2, 2000L)), "key-twice-2");
        tell("twice", first, "refund.created");
        tellOf("twice", first, second);
        var notes = creditNotes(order, 2);
        assertThat(said(notes.getFirst())).containsExactly("Guide relié 1896 104");
        assertThat(notes.getLast().gross()).isEqualTo(2000);
        assertThat(said(notes.getLast())).noneMatch(line -> line.startsWith("Guide relié"));
        assertThat(hub.bean(Ledger.class).verify().firstBreak()).isEmpty();
    }

    /** Both have the same metadata; the last post was the second's. */
    private static void tellOf(
            String name, RefundRequests.Requested first, RefundRequests.Requested second) {
        assertThat(first.id()).isNotEqualTo(second.id());
        tell(name, second, "refund.created");
    }

    @Test
    void what_is_asked_for_and_not_told_yet_is_taken_from_what_is_left() {
        var order = order("open");
        assertThat(refunds.room(order).left()).isEqualTo(14_999);
        refunds.create(order, of(2000, Map.of(2, 2000L)), "key-open");
        var room = refunds.room(order);
        assertThat(room.left()).isEqualTo(12_999);
        assertThat(room.open()).containsExactly(new RefundRequests.Open(2000, Map.of(2, 2000L)));
    }

    @Test
    void whoever_looked_before_another_refund_was_asked_for_is_told_so() {
        var order = order("seen");
        long left = refunds.room(order).left();
        var seen = new Wanted(1000L, null, Map.of(), left);
        refunds.create(order, seen, "key-seen-1");
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> refunds.create(order, seen, "key-seen-2"))
                .matches(refused -> refused.code().equals("refunded_meanwhile"));
        assertThat(refunds.create(order, seen, "key-seen-1").amount().minor())
                .as("the same again is the first")
                .isEqualTo(1000);
        assertThat(refunds.room(order).left()).isEqualTo(left - 1000);
    }

    @Test
    void metadata_that_somebody_edited_stops_no_credit_note() {
        var order = order("edited");
        var refund =
                JSON.createObjectNode()
                        .put("id", "re_edited")
                        .put("object", "refund")
                        .put("amount", 1000)
                        .put("currency", "eur")
                        .put("payment_intent", "pi_edited")
                        .put("status", "succeeded")
                        .put("created", Instant.now().getEpochSecond());
        refund.putObject("metadata")
                .put("comptappart_order", order.id().toString())
                .put("comptappart_lines", "the second one, 999:-4");
        hub.stripeEvent(stripe.event("evt_edited_refund", "refund.created", refund).toString());
        assertThat(creditNotes(order, 1).getFirst().gross()).isEqualTo(1000);
    }

    @Test
    void a_disputed_order_and_one_that_is_given_back_say_why_they_cannot_be_refunded() {
        var order = order("disputed");
        assertThat(refunds.room(order).obstacle()).isNull();
        dispute(order, "needs_response", Dispute.Stage.OPENED);
        assertThat(refunds.room(order).obstacle()).isEqualTo(Obstacle.DISPUTED);
        dispute(order, "won", Dispute.Stage.CLOSED);
        assertThat(refunds.room(order).obstacle()).isNull();
        refunds.create(order, of(14_999, Map.of()), "key-disputed");
        assertThat(refunds.room(order).obstacle()).isEqualTo(Obstacle.NOTHING_LEFT);
    }

    private static void dispute(Order order, String status, Dispute.Stage stage) {
        var dispute =
                new Dispute(
                        "",
                        Environment.STAGING,
                        "dp_1",
                        order.paid().payment().reference(),
                        14_999,
                        Currency.EUR,
                        "fraudulent",
                        status,
                        stage,
                        "evt_dp_" + status,
                        Instant.now());
        transaction().executeWithoutResult(_ -> hub.bean(Disputes.class).record(List.of(dispute)));
    }
}
