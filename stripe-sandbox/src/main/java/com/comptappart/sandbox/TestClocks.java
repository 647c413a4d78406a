package com.comptappart.sandbox;

import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/test_helpers/test_clocks}: time that stands still for the customers bound to it until
 * it is advanced.
 */
final class TestClocks {

    static final Duration FARTHEST = Duration.ofDays(5 * 366);
    private static final Duration KEPT = Duration.ofDays(30);

    private final Store store;
    private final Events events;
    private final Agenda agenda;
    private final Customers customers;

    TestClocks(Store store, Events events, Agenda agenda, Customers customers) {
        this.store = store;
        this.events = events;
        this.agenda = agenda;
        this.customers = customers;
    }

    void addTo(Routes routes) {
        routes.post("v1/test_helpers/test_clocks", this::create);
        routes.get(
                "v1/test_helpers/test_clocks",
                call -> Page.of(call, store.newestFirst(Kind.TEST_CLOCK)));
        routes.get("v1/test_helpers/test_clocks/*", call -> store.get(Kind.TEST_CLOCK, call.id()));
        routes.post("v1/test_helpers/test_clocks/*/advance", this::advance);
        routes.delete("v1/test_helpers/test_clocks/*", this::delete);
    }

    private ObjectNode create(Call call) {
        Params params = call.params();
        ObjectNode clock = Json.object();
        clock.put("id", Kind.TEST_CLOCK.newId());
        clock.put("object", Kind.TEST_CLOCK.word());
        clock.put("created", store.now());
        clock.put("deletes_after", store.now() + KEPT.toSeconds());
        clock.put("frozen_time", frozenTime(params));
        clock.put("livemode", false);
        clock.put("name", params.filled("name").orElse(null));
        clock.put("status", "ready");
        clock.putObject("status_details");
        params.refuseUnread();
        store.put(Kind.TEST_CLOCK, clock);
        var _ = events.record("test_helpers.test_clock.created", clock, call.cause());
        return clock;
    }

    /** The work is done at once; the answer says, as Stripe's does, that it has only begun. */
    private ObjectNode advance(Call call) {
        ObjectNode clock = store.get(Kind.TEST_CLOCK, call.id());
        long from = clock.path("frozen_time").asLong();
        long to = frozenTime(call.params());
        call.params().refuseUnread();
        if (to <= from || to > from + FARTHEST.toSeconds()) {
            throw Refusal.of(
                    "test_clock_advance_invalid",
                    "frozen_time",
                    "The clock stands at %d: `frozen_time` must be later, by at most %d days."
                            .formatted(from, FARTHEST.toDays()));
        }
        ObjectNode told = clock.deepCopy();
        told.put("status", "advancing");
        told.putObject("status_details").putObject("advancing").put("target_frozen_time", to);
        var _ = events.record("test_helpers.test_clock.advancing", told, call.cause());
        agenda.run(call.id(), to);
        clock.put("frozen_time", to);
        var _ = events.record("test_helpers.test_clock.ready", clock, Cause.NOT_THE_API);
        return told;
    }

    private ObjectNode delete(Call call) {
        call.params().refuseUnread();
        ObjectNode clock = store.get(Kind.TEST_CLOCK, call.id());
        customers.removeAllOnClock(call.id());
        agenda.forget(call.id());
        store.remove(Kind.TEST_CLOCK, call.id());
        var _ = events.record("test_helpers.test_clock.deleted", clock, call.cause());
        return Deleted.of(Kind.TEST_CLOCK, call.id());
    }

    private static long frozenTime(Params params) {
        return params.integer("frozen_time").orElseThrow(() -> Refusal.missing("frozen_time"));
    }
}
