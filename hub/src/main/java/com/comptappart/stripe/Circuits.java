package com.comptappart.stripe;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which calls are worth making now. An account's circuit opens when calls of several askers fail:
 * that is Stripe. Where one asker's calls alone fail, its own opens: an error that is tied to what
 * one partner asks for, or to one event, refuses nobody else.
 */
final class Circuits {

    private static final int MOST = 10_000;

    /** One for each account: what Stripe refuses to one it may grant to another. */
    private final Map<String, Circuit> accounts = new ConcurrentHashMap<>();

    /** Of those alone whose last call failed. */
    private final Map<String, Circuit> askers = new ConcurrentHashMap<>();

    private final Clock clock;

    Circuits(Clock clock) {
        this.clock = clock;
    }

    /**
     * @throws StripeUnavailable at once, while this call should not be made
     */
    void check(Source source) {
        account(source).check();
        var own = askers.get(asker(source));
        if (own != null) {
            own.check();
        }
    }

    void succeeded(Source source) {
        account(source).succeeded();
        askers.remove(asker(source));
    }

    /** Stripe did not answer, or was at fault. */
    void failed(Source source, String why) {
        account(source).failed(source.asker(), why);
        // Each call counts: it is its own asker here.
        of(askers, asker(source)).failed(new Object(), why);
    }

    /** Stripe said that it wants no call of the account for so long. */
    void pause(Source source, Duration pause, String why) {
        account(source).pause(pause, why);
    }

    private Circuit account(Source source) {
        return of(accounts, source.environment() + " " + source.account());
    }

    private static String asker(Source source) {
        return source.environment() + " " + source.account() + " " + source.asker();
    }

    private Circuit of(Map<String, Circuit> circuits, String key) {
        if (circuits.size() > MOST) {
            circuits.clear();
        }
        return circuits.computeIfAbsent(key, _ -> new Circuit(clock));
    }
}
