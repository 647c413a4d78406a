package com.comptappart.console;

import com.comptappart.mail.Mails;
import com.comptappart.webhook.Notification;

/** Says whose an error is and what to do. */
final class Blame {

    private Blame() {}

    /** What an attempt's diagnosis says, empty where nothing is wrong. */
    static String of(Words words, Notification.Attempt attempt) {
        var diagnosis = attempt.diagnosis();
        if (diagnosis == null) {
            return "";
        }
        return words.french() ? diagnosis.french() : diagnosis.english();
    }

    /** The key of the text, empty where nothing is wrong. */
    static String of(Mails.State state) {
        return switch (state) {
            case FAILED -> "blame.mail-refused";
            case SUPPRESSED -> "blame.no-address";
            case PENDING -> "blame.mail-server";
            case SENT, KEPT -> "";
        };
    }
}
