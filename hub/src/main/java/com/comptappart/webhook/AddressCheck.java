package com.comptappart.webhook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a call to a URL came: its form, its name, its address, the connection, TLS, an answer.
 *
 * @param failedAt the step that failed, null where an answer came
 * @param problem what was wrong; empty where an answer came
 * @param diagnosis the usual cause, null where the form itself is wrong or an answer came
 * @param status the answer's, 0 where none came
 */
public record AddressCheck(
        String url,
        Instant at,
        @Nullable Step failedAt,
        String problem,
        @Nullable Diagnosis diagnosis,
        int status) {

    /** In their order. */
    public enum Step {
        FORM,
        NAME,
        ADDRESS,
        CONNECTION,
        TLS,
        ANSWER;

        /** The step at which such a failure comes. */
        static Step of(Diagnosis diagnosis) {
            return switch (diagnosis) {
                case NAME_UNKNOWN -> NAME;
                case ADDRESS_REFUSED -> ADDRESS;
                case CONNECTION_REFUSED, CONNECTION_TIMEOUT, NO_ROUTE -> CONNECTION;
                case TLS_CHAIN,
                        TLS_EXPIRED,
                        TLS_NOT_YET_VALID,
                        TLS_NAME,
                        TLS_PLAIN,
                        TLS_PROTOCOL,
                        TLS_TIMEOUT,
                        TLS_FAILED ->
                        TLS;
                default -> ANSWER;
            };
        }
    }

    /** Whether something answered there; what it says of a stranger's call is its own affair. */
    public boolean answers() {
        return failedAt == null;
    }

    /** Whether that step was made; false for the one that failed and those after it. */
    public boolean passed(Step step) {
        return failedAt == null || step.compareTo(failedAt) < 0;
    }
}
