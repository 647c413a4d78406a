package com.comptappart.kernel;

/**
 * A setting is missing or wrong, and the hub can't start; the message says which and what to set.
 */
public final class Misconfigured extends IllegalStateException {

    public Misconfigured(String message) {
        super(message);
    }

    /** The message, which is never null here. */
    public String detail() {
        String message = getMessage();
        return message == null ? "a setting is wrong" : message;
    }
}
