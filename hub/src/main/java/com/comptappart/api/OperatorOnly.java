package com.comptappart.api;

/** A partner's key called what only an operator may call. */
final class OperatorOnly extends RuntimeException {
    OperatorOnly() {
        super("this call needs an operator key (ca_operator_…)");
    }
}
