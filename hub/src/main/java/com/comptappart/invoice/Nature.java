package com.comptappart.invoice;

/**
 * The category of the operation (CGI ann. II art. 242 nonies A, I, 8° bis), with its "already paid"
 * code of BT-23.
 */
public enum Nature {
    GOODS("B2"),
    SERVICES("S2"),
    MIXED("M2");

    private final String businessProcess;

    Nature(String businessProcess) {
        this.businessProcess = businessProcess;
    }

    String businessProcess() {
        return businessProcess;
    }
}
