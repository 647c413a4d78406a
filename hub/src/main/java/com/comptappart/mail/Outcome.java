package com.comptappart.mail;

import java.time.Duration;

/** How an attempt to send a mail ended. */
sealed interface Outcome {

    /** The server has taken the mail. */
    record Accepted(String answer) implements Outcome {}

    /** The server refused the recipient or the mail for good. */
    record RefusedForGood(String answer) implements Outcome {}

    /** No answer, or one that asks to come back. */
    record TryLater(String reason) implements Outcome {}

    /** Nothing was tried: something of ours is missing. */
    record NotTried(String reason, Duration delay) implements Outcome {}
}
