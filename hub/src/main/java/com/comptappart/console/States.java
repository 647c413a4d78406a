package com.comptappart.console;

import com.comptappart.mail.Mails;
import com.comptappart.order.OrderRefund;
import com.comptappart.webhook.Notification;
import java.util.Comparator;
import java.util.List;

/** Says in one badge where an order's invoice, mail and deliveries stand. */
final class States {

    private States() {}

    static Badge of(Words words, Mails.Mail mail) {
        String word = words.text("mail." + mail.state());
        return switch (mail.state()) {
            case SENT -> Badge.ok(word);
            case PENDING -> Badge.waiting(word);
            case KEPT -> Badge.held(word);
            case FAILED, SUPPRESSED -> Badge.bad(word);
        };
    }

    /** Why a mail is where it is; empty where nothing is to be said. */
    static String reason(Words words, Mails.Mail mail) {
        return mail.state() == Mails.State.KEPT
                ? words.text("mail.kept-reason")
                : words.reason(mail.reason());
    }

    static Badge of(Words words, Notification notification) {
        return stage(words, Notification.Stage.valueOf(notification.state().name()));
    }

    /** In more detail: what waits for its next try is not what was never tried. */
    static Badge stage(Words words, Notification.Stage stage) {
        String word = words.text("delivery." + stage);
        return switch (stage) {
            case DELIVERED -> Badge.ok(word);
            case PENDING, IN_FLIGHT -> Badge.waiting(word);
            case RETRYING -> new Badge("warn", word);
            case HELD -> Badge.held(word);
            case FAILED -> Badge.bad(word);
        };
    }

    /** The last mail's state: a resend mends a failure. */
    static Badge mail(Words words, Story story) {
        var mails = story.invoiceMails();
        return mails.isEmpty()
                ? Badge.waiting(words.text("mail.not-yet"))
                : of(words, mails.getLast());
    }

    /** The state that most needs a look. */
    static Badge delivery(Words words, Story story) {
        if (story.unassigned()) {
            return Badge.none(words.text("delivery.nobody"));
        }
        return story.notifications().stream()
                .min(Comparator.comparingInt(each -> URGENCY.indexOf(each.state())))
                .map(each -> of(words, each))
                .orElseGet(() -> Badge.waiting(words.text("delivery.not-yet")));
    }

    private static final List<Notification.State> URGENCY =
            List.of(
                    Notification.State.FAILED,
                    Notification.State.HELD,
                    Notification.State.PENDING,
                    Notification.State.DELIVERED);

    static Badge of(Words words, OrderRefund refund) {
        if (refund.isReturned()) {
            return Badge.bad(words.text("refund.returned"));
        }
        if (refund.means() != null) {
            return Badge.ok(words.text("refund.credited"));
        }
        String word = words.text("refund." + refund.status());
        return switch (refund.status()) {
            case SUCCEEDED -> Badge.ok(word);
            case PENDING -> Badge.waiting(word);
            case FAILED -> Badge.bad(word);
            case CANCELED -> Badge.none(word);
        };
    }

    static Badge invoice(Words words, Story story) {
        if (story.invoice() != null) {
            return Badge.ok(words.text("invoice.issued"));
        }
        var owed = story.owed();
        return owed != null && !owed.reason().isEmpty()
                ? Badge.bad(words.text("invoice.stuck"))
                : Badge.waiting(words.text("invoice.owed"));
    }
}
