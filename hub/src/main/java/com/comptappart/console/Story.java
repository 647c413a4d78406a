package com.comptappart.console;

import com.comptappart.invoice.InvoiceIssued;
import com.comptappart.invoice.Invoices;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import com.comptappart.mail.Mails;
import com.comptappart.order.Order;
import com.comptappart.order.PaidOrder;
import com.comptappart.webhook.Notification;
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
        List<Mails.Mail> mails,
        List<Notification> notifications) {

    Story {
        mails = List.copyOf(mails);
        notifications = List.copyOf(notifications);
    }

    OrderId id() {
        return order.id();
    }

    PaidOrder paid() {
        return order.paid();
    }

    /** Whether no partner was found for it, so that nobody is told. */
    boolean unassigned() {
        return PartnerId.UNASSIGNED.equals(paid().partner());
    }
}
