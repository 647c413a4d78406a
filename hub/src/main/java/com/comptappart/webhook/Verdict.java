package com.comptappart.webhook;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What the answers to a probe say of the receiver. */
public enum Verdict {
    /** Answered 2xx, as it should. */
    TAKEN,
    /** Answered 4xx, as it should. */
    REFUSED,
    /** A large body was refused as such (413): allowed, but orders may be that large one day. */
    TOO_LARGE,
    /** What nobody but the hub may say was taken from somebody else. */
    FORGERY_TAKEN,
    /** What should be refused met neither a refusal nor a 2xx: a fault, or a redirect. */
    NOT_REFUSED,
    /** What should be taken was answered otherwise. */
    NOT_TAKEN,
    /** No answer came whole in time. */
    NO_ANSWER,
    /** Not tried, since the endpoint did not even answer the first. */
    NOT_TRIED;

    public boolean passed() {
        return this == TAKEN || this == REFUSED || this == TOO_LARGE;
    }

    /** Passed, with something to know. */
    public boolean warned() {
        return this == TOO_LARGE;
    }

    /** Stable, such as {@code forgery_taken}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Of a stored code; one of a newer hub is nothing that passed. */
    static Verdict of(String code) {
        return Stream.of(values())
                .filter(verdict -> verdict.code().equals(code))
                .findFirst()
                .orElse(NOT_TRIED);
    }

    /** The worst of what came. */
    static Verdict of(Probe probe, List<ProbeCall> calls) {
        return calls.stream()
                .map(call -> of(probe, call))
                .filter(verdict -> !verdict.passed() || verdict.warned())
                .findFirst()
                .orElse(probe.toRefuse() ? REFUSED : TAKEN);
    }

    private static Verdict of(Probe probe, ProbeCall call) {
        if (call.status() == 0 || !call.error().isEmpty()) {
            return NO_ANSWER;
        }
        int hundred = call.status() / 100;
        if (probe.toRefuse()) {
            return hundred == 2 ? FORGERY_TAKEN : hundred == 4 ? REFUSED : NOT_REFUSED;
        }
        if (hundred == 2) {
            return TAKEN;
        }
        return probe == Probe.LARGE && call.status() == 413 ? TOO_LARGE : NOT_TAKEN;
    }
}
