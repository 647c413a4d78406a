package com.comptappart.stripe;

/**
 * Stripe said something that we must not guess about; the event is kept and shown as needing
 * attention.
 */
final class Unreadable extends RuntimeException {
    Unreadable(String reason) {
        super(reason);
    }

    String reason() {
        String message = getMessage();
        return message == null ? "unreadable" : message;
    }
}
