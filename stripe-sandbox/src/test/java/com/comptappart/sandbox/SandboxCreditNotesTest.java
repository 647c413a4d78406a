package com.comptappart.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.StripeException;
import com.stripe.model.CreditNote;
import com.stripe.model.Customer;
import com.stripe.model.Invoice;
import com.stripe.net.RequestOptions;
import com.stripe.param.CreditNoteCreateParams;
import com.stripe.param.CreditNoteListParams;
import com.stripe.param.CreditNotePreviewParams;
import com.stripe.param.CreditNoteUpdateParams;
import com.stripe.param.InvoiceCreateParams;
import com.stripe.param.InvoiceItemCreateParams;
import com.stripe.param.TaxRateCreateParams;
import java.math.BigDecimal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SandboxCreditNotesTest {

    private final BillingShop shop = new BillingShop();

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void a_note_on_an_open_invoice_lowers_what_is_due_and_voided_raises_it_again()
            throws StripeException {
        Invoice open = open(1_000);
        int mark = shop.eventCount();

        CreditNote note = create(of(open).setAmount(300L).setMemo("Geste"));

        assertThat(note.getType()).isEqualTo("pre_payment");
        assertThat(note.getNumber()).isEqualTo(open.getNumber() + "-CN-01");
        assertThat(note.getPrePaymentAmount()).isEqualTo(300);
        assertThat(read(open).getAmountDue()).isEqualTo(700);
        CreditNote changed =
                valid(
                        shop.stripe
                                .v1()
                                .creditNotes()
                                .update(
                                        note.getId(),
                                        CreditNoteUpdateParams.builder()
                                                .setMemo("Geste commercial")
                                                .build()));
        assertThat(changed.getMemo()).isEqualTo("Geste commercial");
        CreditNote gone = valid(shop.stripe.v1().creditNotes().voidCreditNote(note.getId()));
        assertThat(gone.getStatus()).isEqualTo("void");
        assertThat(read(open).getAmountDue()).isEqualTo(1_000);
        Invoice paid = shop.stripe.v1().invoices().pay(open.getId());
        assertThat(paid.getAmountPaid()).isEqualTo(1_000);
        assertThat(shop.eventsSince(mark))
                .contains("credit_note.created", "credit_note.updated", "credit_note.voided");
    }

    @Test
    void an_open_invoice_that_is_credited_whole_is_paid_without_a_charge() throws StripeException {
        Invoice open = open(1_000);

        var _ = create(of(open).setAmount(1_000L));

        assertThat(read(open).getStatus()).isEqualTo("paid");
        assertThat(shop.stripe.v1().charges().list().getData()).isEmpty();
        assertThat(shop.events()).isNotEmpty();
    }

    @Test
    void a_note_on_a_paid_invoice_splits_its_money_between_card_balance_and_elsewhere()
            throws StripeException {
        Invoice paid = paid(1_000);

        CreditNote note =
                create(
                        of(paid).setAmount(600L)
                                .setRefundAmount(300L)
                                .setCreditAmount(200L)
                                .setOutOfBandAmount(100L));

        assertThat(note.getType()).isEqualTo("post_payment");
        assertThat(note.getOutOfBandAmount()).isEqualTo(100);
        assertThat(note.getRefunds()).hasSize(1);
        var refund = shop.stripe.v1().refunds().retrieve(note.getRefunds().getFirst().getRefund());
        assertThat(refund.getAmount()).isEqualTo(300);
        assertThat(shop.stripe.v1().customers().retrieve(paid.getCustomer()).getBalance())
                .isEqualTo(-200);
        assertThat(read(paid).getPostPaymentCreditNotesAmount()).isEqualTo(600);
        CreditNote second = create(of(paid).setAmount(400L).setRefundAmount(400L));
        assertThat(second.getNumber()).isEqualTo(paid.getNumber() + "-CN-02");
        assertThat(
                        shop.stripe
                                .v1()
                                .creditNotes()
                                .list(
                                        CreditNoteListParams.builder()
                                                .setInvoice(paid.getId())
                                                .build())
                                .getData())
                .extracting(CreditNote::getId)
                .containsExactly(second.getId(), note.getId());
        assertThatThrownBy(() -> create(of(paid).setAmount(1L).setCreditAmount(1L)))
                .hasMessageContaining("more than what is left");
        assertThatThrownBy(() -> shop.stripe.v1().creditNotes().voidCreditNote(note.getId()))
                .hasMessageContaining("open invoices");
        assertThat(shop.events()).isNotEmpty();
    }

    @Test
    void shares_that_are_not_the_total_are_refused_and_nothing_is_kept() throws StripeException {
        Invoice paid = paid(1_000);

        assertThatThrownBy(() -> create(of(paid).setAmount(600L).setRefundAmount(500L)))
                .hasMessageContaining("must equal");

        assertThat(shop.stripe.v1().creditNotes().list().getData()).isEmpty();
        assertThat(shop.stripe.v1().refunds().list().getData()).isEmpty();
    }

    @Test
    void a_refund_made_before_belongs_to_one_note_only() throws StripeException {
        Invoice paid = paid(1_000);
        String made =
                create(of(paid).setAmount(300L).setRefundAmount(300L))
                        .getRefunds()
                        .getFirst()
                        .getRefund();
        CreditNoteCreateParams.Refund again =
                CreditNoteCreateParams.Refund.builder()
                        .setRefund(made)
                        .setAmountRefunded(300L)
                        .build();

        assertThatThrownBy(() -> create(of(paid).setAmount(300L).addRefund(again)))
                .hasMessageContaining(made);
    }

    @Test
    void a_part_of_a_line_takes_its_part_of_the_tax() throws StripeException {
        String rate =
                shop.stripe
                        .v1()
                        .taxRates()
                        .create(
                                TaxRateCreateParams.builder()
                                        .setDisplayName("TVA")
                                        .setInclusive(false)
                                        .setPercentage(BigDecimal.valueOf(20))
                                        .build())
                        .getId();
        Invoice paid = shop.stripe.v1().invoices().pay(draft(1_000, rate).getId());
        String line = paid.getLines().getData().getFirst().getId();
        var preview =
                shop.stripe
                        .v1()
                        .creditNotes()
                        .preview(
                                CreditNotePreviewParams.builder()
                                        .setInvoice(paid.getId())
                                        .setRefundAmount(480L)
                                        .addLine(
                                                CreditNotePreviewParams.Line.builder()
                                                        .setType(
                                                                CreditNotePreviewParams.Line.Type
                                                                        .INVOICE_LINE_ITEM)
                                                        .setInvoiceLineItem(line)
                                                        .setAmount(400L)
                                                        .build())
                                        .build());
        assertThat(valid(preview).getTotal()).isEqualTo(480);
        assertThat(shop.stripe.v1().creditNotes().list().getData()).isEmpty();

        CreditNote note = create(of(paid).addLine(part(line, 400)).setRefundAmount(480L));

        assertThat(note.getSubtotal()).isEqualTo(400);
        assertThat(note.getTotalExcludingTax()).isEqualTo(400);
        assertThat(note.getTotalTaxes().getFirst().getAmount()).isEqualTo(80);
        assertThat(shop.stripe.v1().creditNotes().lineItems().list(note.getId()).getData())
                .hasSize(1);
        assertThatThrownBy(() -> create(of(paid).addLine(part(line, 601)).setRefundAmount(721L)))
                .hasMessageContaining("600");
        assertThat(shop.events()).isNotEmpty();
    }

    private static CreditNoteCreateParams.Line part(String line, long amount) {
        return CreditNoteCreateParams.Line.builder()
                .setType(CreditNoteCreateParams.Line.Type.INVOICE_LINE_ITEM)
                .setInvoiceLineItem(line)
                .setAmount(amount)
                .build();
    }

    private static CreditNoteCreateParams.Builder of(Invoice invoice) {
        return CreditNoteCreateParams.builder().setInvoice(invoice.getId());
    }

    private CreditNote create(CreditNoteCreateParams.Builder params) throws StripeException {
        CreditNote note = valid(shop.stripe.v1().creditNotes().create(params.build()));
        var newer =
                RequestOptions.RequestOptionsBuilder.unsafeSetStripeVersionOverride(
                                RequestOptions.builder(), "2026-10-28.endive")
                        .build();
        String inEndive =
                shop.stripe
                        .v1()
                        .creditNotes()
                        .retrieve(note.getId(), newer)
                        .getLastResponse()
                        .body();
        StripeSchemas.validate(inEndive, "2026-10-28.endive");
        return note;
    }

    private static CreditNote valid(CreditNote note) {
        StripeSchemas.validate(note.getLastResponse().body());
        return note;
    }

    private Invoice read(Invoice invoice) throws StripeException {
        Invoice read = shop.stripe.v1().invoices().retrieve(invoice.getId());
        StripeSchemas.validate(read.getLastResponse().body());
        return read;
    }

    private Invoice paid(long amount) throws StripeException {
        return shop.stripe.v1().invoices().pay(draft(amount, null).getId());
    }

    private Invoice open(long amount) throws StripeException {
        return shop.stripe.v1().invoices().finalizeInvoice(draft(amount, null).getId());
    }

    private Invoice draft(long amount, @org.jspecify.annotations.Nullable String taxRate)
            throws StripeException {
        Customer customer = shop.customer("pm_card_visa");
        var item =
                InvoiceItemCreateParams.builder()
                        .setCustomer(customer.getId())
                        .setAmount(amount)
                        .setCurrency("eur");
        if (taxRate != null) {
            item.addTaxRate(taxRate);
        }
        var _ = shop.stripe.v1().invoiceItems().create(item.build());
        return shop.stripe
                .v1()
                .invoices()
                .create(
                        InvoiceCreateParams.builder()
                                .setCustomer(customer.getId())
                                .setPendingInvoiceItemsBehavior(
                                        InvoiceCreateParams.PendingInvoiceItemsBehavior.INCLUDE)
                                .build());
    }
}
