package com.comptappart.console;

import com.comptappart.mail.Mails;
import com.comptappart.webhook.Notification;

/** Says whose an error is and what to do; the keys of the texts that say it. */
final class Blame {

    private Blame() {}

    /** The key, empty where nothing is wrong. */
    static String of(Notification.Attempt attempt) {
        int status = attempt.status();
        if (status == 0) {
            return "blame.partner-silent";
        }
        if (status >= 200 && status < 300) {
            return attempt.error().isEmpty() ? "" : "blame.partner-silent";
        }
        if (status < 400) {
            return "blame.partner-redirect";
        }
        return switch (status) {
            case 401, 403 -> "blame.partner-forbids";
            case 404, 405 -> "blame.partner-address";
            case 408, 425, 429 -> "blame.partner-busy";
            case 410 -> "blame.partner-gone";
            default -> status < 500 ? "blame.partner-refuses" : "blame.partner-broken";
        };
    }

    static String of(Mails.State state) {
        return switch (state) {
            case FAILED -> "blame.mail-refused";
            case SUPPRESSED -> "blame.no-address";
            case PENDING -> "blame.mail-server";
            case SENT, KEPT -> "";
        };
    }
}
