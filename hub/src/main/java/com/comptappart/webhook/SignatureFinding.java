package com.comptappart.webhook;

import java.util.Arrays;
import java.util.List;

/**
 * One thing that was found out about a signed call.
 *
 * @param values what the cause's words name, in order: ids, numbers, moments
 */
public record SignatureFinding(Cause cause, List<String> values) {

    public SignatureFinding {
        values = List.copyOf(values);
    }

    static SignatureFinding of(Cause cause, Object... values) {
        return new SignatureFinding(cause, Arrays.stream(values).map(String::valueOf).toList());
    }

    /** GOOD is as it should be, NOTE is worth knowing, FAULT is why a receiver refuses. */
    public enum Weight {
        GOOD,
        NOTE,
        FAULT
    }

    /** In the order in which a person would want to know. */
    public enum Cause {
        ID_MISSING(Weight.FAULT),
        TIMESTAMP_MISSING(Weight.FAULT),
        TIMESTAMP_UNREADABLE(Weight.FAULT),
        SIGNATURE_MISSING(Weight.FAULT),
        SIGNATURE_UNREADABLE(Weight.FAULT),
        SIGNATURE_WITHOUT_VERSION(Weight.FAULT),
        SIGNATURE_HEX(Weight.FAULT),
        SIGNATURE_CUT(Weight.FAULT),
        V1A_CALLED_V1(Weight.FAULT),
        V1_CALLED_V1A(Weight.FAULT),
        ONLY_V1A(Weight.FAULT),

        SECRET_MISSING(Weight.FAULT),
        SECRET_NOT_BASE64(Weight.FAULT),
        SECRET_IS_PUBLIC_KEY(Weight.FAULT),
        SECRET_OF_ANOTHER(Weight.FAULT),
        SECRET_ENDED(Weight.FAULT),
        SECRET_WITH_PREFIX(Weight.FAULT),
        SECRET_NOT_DECODED(Weight.FAULT),

        ID_OF_ANOTHER(Weight.FAULT),
        ID_WITH_SPACES(Weight.FAULT),
        TIMESTAMP_MILLIS(Weight.FAULT),
        TIMESTAMP_OF_ANOTHER_ATTEMPT(Weight.FAULT),
        ONLY_BODY_SIGNED(Weight.FAULT),
        ID_NOT_SIGNED(Weight.FAULT),

        BODY_TRAILING_NEWLINE(Weight.FAULT),
        BODY_SPACES(Weight.FAULT),
        BODY_CRLF(Weight.FAULT),
        BODY_BOM(Weight.FAULT),
        BODY_LATIN1(Weight.FAULT),
        BODY_DOUBLE_UTF8(Weight.FAULT),
        BODY_RESERIALISED(Weight.FAULT),
        BODY_CHANGED(Weight.FAULT),
        BODY_EMPTY(Weight.FAULT),

        NO_MATCH(Weight.FAULT),
        BODY_AS_SENT(Weight.NOTE),
        ID_UNKNOWN(Weight.NOTE),

        CLOCK_AHEAD(Weight.FAULT),
        CLOCK_BEHIND(Weight.FAULT),
        TIMESTAMP_OLD(Weight.FAULT),
        TIMESTAMP_AHEAD(Weight.FAULT),
        TIMESTAMP_PAST(Weight.NOTE),

        MATCHES_SECRET(Weight.GOOD),
        MATCHES_OLD_SECRET(Weight.GOOD),
        MATCHES_PASTED(Weight.GOOD),
        MATCHES_PUBLIC_KEY(Weight.GOOD);

        private final Weight weight;

        Cause(Weight weight) {
            this.weight = weight;
        }

        public Weight weight() {
            return weight;
        }
    }
}
