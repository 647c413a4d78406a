package com.comptappart.api;

/** The caller's body is over the limit. */
final class BodyTooLarge extends RuntimeException {
    BodyTooLarge(int maxBytes) {
        super("the body is over " + maxBytes + " bytes");
    }
}
