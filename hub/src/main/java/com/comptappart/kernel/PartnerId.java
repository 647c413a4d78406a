package com.comptappart.kernel;

/** A partner's public id, {@code part_…}. */
public record PartnerId(String value) {

    /**
     * Owns the orders whose partner Stripe's metadata does not name. It has no endpoint, no key, no
     * row.
     */
    public static final PartnerId UNASSIGNED = new PartnerId("part_unassigned");

    public PartnerId {
        if (!value.startsWith("part_")) {
            throw new IllegalArgumentException("a partner id starts with part_: " + value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
