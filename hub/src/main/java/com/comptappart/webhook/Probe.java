package com.comptappart.webhook;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is tried against a test endpoint, and what must come. A code that was stored once keeps its
 * meaning.
 */
public enum Probe {
    /** A new order, rightly signed. */
    VALID(false),
    /** Signed with a secret that is not the endpoint's. */
    FORGED(true),
    /** Rightly signed, ten minutes ago. */
    STALE(true),
    /** The same JSON in other bytes, under the signature of the first. */
    RESERIALISED(true),
    /** The valid one again, with its {@code webhook-id}. */
    DUPLICATE(false),
    /** A type of event that nobody knows yet. */
    UNKNOWN_TYPE(false),
    /** Accents, an emoji and U+2028 in a name. */
    ACCENTS(false),
    /** A body of 256 KiB. */
    LARGE(false),
    /** Several at once, whose bodies come slowly. */
    SLOW(false),
    /** A refund before its order. */
    OUT_OF_ORDER(false),
    /** One published body, no part of the certification. */
    SAMPLE(false);

    private final boolean toRefuse;

    Probe(boolean toRefuse) {
        this.toRefuse = toRefuse;
    }

    /** Whether a good receiver refuses it. */
    public boolean toRefuse() {
        return toRefuse;
    }

    /** The ten of a certification, in their order. */
    public static List<Probe> all() {
        return Stream.of(values()).filter(probe -> probe != SAMPLE).toList();
    }

    /** Stable, such as {@code out_of_order}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Probe> of(String code) {
        return Stream.of(values()).filter(probe -> probe.code().equals(code)).findFirst();
    }
}
