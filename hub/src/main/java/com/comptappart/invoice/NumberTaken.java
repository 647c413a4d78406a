package com.comptappart.invoice;

/** The archive holds another document under a number that the database thinks is free. */
final class NumberTaken extends RuntimeException {

    NumberTaken(String message) {
        super(message);
    }
}
