package com.comptappart.invoice;

/** The ledger is not what it was: whoever finds it goes no further. */
final class LedgerBroken extends RuntimeException {

    LedgerBroken(String message) {
        super(message);
    }
}
