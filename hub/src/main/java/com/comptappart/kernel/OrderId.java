package com.comptappart.kernel;

/** The integer that names an order to partners. */
public record OrderId(long value) {
    @Override
    public String toString() {
        return Long.toString(value);
    }
}
