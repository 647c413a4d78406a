package com.comptappart.sandbox;

import java.time.Duration;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /_sandbox/…}: what no Stripe has, for tests in any language: faults, sending events again,
 * letting banks answer, moving time, and what the API answers to. With an API key, like {@code
 * /v1}.
 */
final class Controls {

    private final Faults faults;
    private final Store store;
    private final Events events;
    private final Acquiring acquiring;
    private final Function<Duration, ?> advance;

    Controls(
            Faults faults,
            Store store,
            Events events,
            Acquiring acquiring,
            Function<Duration, ?> advance) {
        this.faults = faults;
        this.store = store;
        this.events = events;
        this.acquiring = acquiring;
        this.advance = advance;
    }

    void addTo(Routes routes) {
        routes.get("_sandbox/endpoints", call -> routes.listed());
        routes.get("_sandbox/faults", call -> left());
        routes.post("_sandbox/faults", this::set);
        routes.delete("_sandbox/faults", call -> clear());
        routes.post("_sandbox/events/*/redeliver", this::redeliver);
        routes.post("_sandbox/refunds/*/fail", this::failRefund);
        routes.post("_sandbox/charges/*/dispute", this::dispute);
        routes.post("_sandbox/settle", call -> settle());
        routes.post("_sandbox/advance", this::advance);
    }

    private ObjectNode set(Call call) {
        Params params = call.params();
        for (Faults.Switch each : Faults.Switch.values()) {
            if (each != Faults.Switch.RATE_LIMIT) {
                faults.add(each, times(params, each.param()));
            }
        }
        faults.limitNext(
                times(params, Faults.Switch.RATE_LIMIT.param()),
                Duration.ofSeconds(times(params, "retry_after")));
        return left();
    }

    private ObjectNode clear() {
        faults.clear();
        return left();
    }

    /** How many times each fault will still happen. */
    private ObjectNode left() {
        var left = Json.object();
        for (Faults.Switch each : Faults.Switch.values()) {
            left.put(each.param(), faults.left(each));
        }
        return left;
    }

    private ObjectNode redeliver(Call call) {
        call.params().refuseUnread();
        var _ = events.redeliver(call.id());
        return store.get(Kind.EVENT, call.id());
    }

    private ObjectNode failRefund(Call call) {
        String reason = call.params().filled("reason").orElse("unknown");
        call.params().refuseUnread();
        acquiring.refunds().fail(call.id(), reason);
        return store.get(Kind.REFUND, call.id());
    }

    private ObjectNode dispute(Call call) {
        String reason = call.params().filled("reason").orElse("fraudulent");
        call.params().refuseUnread();
        return acquiring.disputes().open(store.get(Kind.CHARGE, call.id()), reason, "10.4");
    }

    private ObjectNode settle() {
        acquiring.banks().runAll();
        return now();
    }

    private ObjectNode advance(Call call) {
        long seconds =
                call.params().integer("seconds").orElseThrow(() -> Refusal.missing("seconds"));
        call.params().refuseUnread();
        try {
            var _ = advance.apply(Duration.ofSeconds(seconds));
        } catch (IllegalArgumentException tooFar) {
            throw Refusal.of(null, "seconds", "Invalid seconds: " + tooFar.getMessage());
        }
        return now();
    }

    private ObjectNode now() {
        return Json.object().put("now", store.now());
    }

    private static int times(Params params, String name) {
        long times = params.integer(name).orElse(0);
        if (times < 0 || times > 10_000) {
            throw Refusal.of(
                    "parameter_invalid_integer", name, "This value must be between 0 and 10000.");
        }
        return (int) times;
    }
}
