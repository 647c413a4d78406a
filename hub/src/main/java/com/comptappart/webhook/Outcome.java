package com.comptappart.webhook;

import com.comptappart.kernel.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What an answer means for the notification: the contract's table, section 3. */
sealed interface Outcome {

    /** What is wrong, in words; empty where nothing is. */
    String reason();

    /** The partner has it. */
    record Delivered() implements Outcome {
        @Override
        public String reason() {
            return "";
        }
    }

    /** It is tried again while the schedule lasts, not before the partner's own wish. */
    record Retried(String reason, @Nullable Duration retryAfter) implements Outcome {}

    /** The partner refuses it; trying again would not help. */
    record Refused(String reason) implements Outcome {}

    /** The endpoint is gone: nothing more is sent to it. */
    record Gone(String reason) implements Outcome {}

    static Outcome of(Answer answer) {
        if (!answer.error().isEmpty()) {
            return new Retried(answer.error(), null);
        }
        int status = answer.status();
        if (status >= 200 && status < 300) {
            return new Delivered();
        }
        return switch (status) {
            case 410 -> new Gone(Reason.PARTNER_GONE.text());
            case 408, 409, 425, 429 -> new Retried(answered(status), answer.retryAfter());
            default -> ofClass(answer);
        };
    }

    private static Outcome ofClass(Answer answer) {
        int status = answer.status();
        if (status >= 400 && status < 500) {
            return new Refused(answered(status));
        }
        if (status >= 300 && status < 400) {
            return new Retried(Reason.PARTNER_REDIRECTS.text(status), null);
        }
        return new Retried(answered(status), answer.retryAfter());
    }

    private static String answered(int status) {
        return Reason.PARTNER_ANSWERED.text(status);
    }
}
