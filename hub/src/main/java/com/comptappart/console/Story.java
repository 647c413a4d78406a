package com.comptappart.console;

import com.comptappart.invoice.InvoiceIssued;
import com.comptappart.invoice.Invoices;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import com.comptappart.mail.Mails;
import com.comptappart.order.Disputes;
import com.comptappart.order.Order;
import com.comptappart.order.OrderRefund;
import com.comptappart.order.PaidOrder;
import com.comptappart.webhook.Notification;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order with what came of it.
 *
 * @param invoice null until it is issued
 * @param owed the invoice that waits, null once it is issued
 */
record Story(
        Order order,
        @Nullable InvoiceIssued invoice,
        Invoices.@Nullable Owed owed,
        List<OrderRefund> refunds,
        List<InvoiceIssued> creditNotes,
        List<Disputes.Known> disputes,
        List<Invoices.OwedCreditNote> owedCreditNotes,
        List<Mails.Mail> mails,
        List<Notification> notifications) {

    Story {
        refunds = List.copyOf(refunds);
        creditNotes = List.copyOf(creditNotes);
        disputes = List.copyOf(disputes);
        owedCreditNotes = List.copyOf(owedCreditNotes);
        mails = List.copyOf(mails);
        notifications = List.copyOf(notifications);
    }

    OrderId id() {
        return order.id();
    }

    PaidOrder paid() {
        return order.paid();
    }

    /** Why a person must look at it, empty where nothing is wrong. */
    String attention(Words words) {
        var reasons = new ArrayList<String>();
        if (!paid().attention().isEmpty()) {
            reasons.add(words.reason(paid().attention()));
        }
        refunds.stream()
                .filter(each -> each.unfundedMinor() > 0)
                .map(each ->
                        RefundSteps.unfunded(
                                words, each.unfundedMinor(), each.currency(), creditNote(each)))
                .forEach(reasons::add);
        return String.join(" ", reasons);
    }

    /** Null until it is issued. */
    @Nullable InvoiceIssued creditNote(OrderRefund refund) {
        return creditNotes.stream()
                .filter(each -> each.refundId().equals(refund.credited()))
                .findFirst()
                .orElse(null);
    }

    /**
     * Why a credit note was not made so far, with the number of attempts; null where nothing is
     * wrong.
     */
    Invoices.@Nullable OwedCreditNote stuck(OrderRefund refund) {
        return owedCreditNotes.stream()
                .filter(each -> each.order().equals(id()))
                .filter(each -> each.refundId().equals(refund.refundId()))
                .filter(each -> !each.reason().isEmpty())
                .findFirst()
                .orElse(null);
    }

    /** The mails that brought a document. */
    List<Mails.Mail> mails(InvoiceIssued document) {
        return mails.stream().filter(mail -> mail.about().equals(document.number())).toList();
    }

    /** The mails that brought no credit note. */
    List<Mails.Mail> invoiceMails() {
        var numbers = creditNotes.stream().map(InvoiceIssued::number).toList();
        return mails.stream().filter(mail -> !numbers.contains(mail.about())).toList();
    }

    /** Whether no partner was found for it, so that nobody is told. */
    boolean unassigned() {
        return PartnerId.UNASSIGNED.equals(paid().partner());
    }
}
