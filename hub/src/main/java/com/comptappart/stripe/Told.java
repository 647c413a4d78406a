package com.comptappart.stripe;

/**
 * What an event told.
 *
 * @param state what becomes of the event: {@code done} or {@code ignored}
 * @param reason why nothing follows, empty where something does
 */
record Told(String state, String reason, Facts facts) {

    static Told of(Facts facts) {
        return new Told("done", "", facts);
    }

    /** It was understood and asks for nothing. */
    static Told nothing(String reason) {
        return new Told("done", reason, Facts.NONE);
    }

    /** It is none of our business. */
    static Told ignored(String reason) {
        return new Told("ignored", reason, Facts.NONE);
    }
}
