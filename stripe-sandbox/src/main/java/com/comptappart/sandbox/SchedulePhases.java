package com.comptappart.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What time does to a schedule: it begins, goes from phase to phase, and ends. */
final class SchedulePhases {

    private static final Duration WARNING = Duration.ofDays(7);

    private final Store store;
    private final Events events;
    private final Agenda agenda;
    private final NewSubscription creation;
    private final SubscriptionItems items;
    private final SubscriptionLife life;
    private final SubscriptionChange change;

    SchedulePhases(
            Store store,
            Events events,
            Agenda agenda,
            NewSubscription creation,
            SubscriptionItems items,
            SubscriptionLife life,
            SubscriptionChange change) {
        this.store = store;
        this.events = events;
        this.agenda = agenda;
        this.creation = creation;
        this.items = items;
        this.life = life;
        this.change = change;
        life.whenOneEnds(this::subscriptionEnded);
    }

    /** Before the renewals of the same second, so that these are about the new phase. */
    void planAll(ObjectNode schedule) {
        JsonNode phases = schedule.path("phases");
        long start = phases.path(0).path("start_date").asLong();
        if (start > store.now()) {
            agenda.planFirst(schedule, start, () -> beginInTime(schedule, start));
        }
        long end = start;
        for (JsonNode phase : phases) {
            long over = phase.path("end_date").asLong();
            end = over;
            agenda.planFirst(schedule, over, () -> phaseIsOver(schedule, over));
        }
        long last = end;
        if (last - WARNING.toSeconds() > store.now()) {
            agenda.plan(schedule, last - WARNING.toSeconds(), () -> warn(schedule, last));
        }
    }

    private void beginInTime(ObjectNode schedule, long start) {
        boolean wanted =
                is(schedule, "not_started")
                        && schedule.path("phases").path(0).path("start_date").asLong() == start;
        if (wanted) {
            ObjectNode before = schedule.deepCopy();
            begin(schedule, Cause.NOT_THE_API);
            changed(before, schedule, Cause.NOT_THE_API);
        }
    }

    /** The subscription of the first phase; its first invoice rests an hour as a draft. */
    void begin(ObjectNode schedule, Cause cause) {
        ObjectNode customer = store.get(Kind.CUSTOMER, schedule.path("customer").asString());
        JsonNode phase = schedule.path("phases").path(0);
        ObjectNode subscription = creation.blank(customer);
        String id = subscription.path("id").asString();
        var made = new ArrayList<ObjectNode>();
        for (JsonNode item : phase.path("items")) {
            ObjectNode price = store.get(Kind.PRICE, item.path("price").asString());
            ObjectNode one = items.make(price, item.path("quantity").asLong(), id);
            one.set("metadata", item.path("metadata").deepCopy());
            made.add(one);
        }
        SubscriptionItems.put(subscription, made);
        subscription.set("metadata", phase.path("metadata").deepCopy());
        subscription.set("schedule", schedule.path("id"));
        schedule.put("subscription", id);
        schedule.put("status", "active");
        enter(schedule, phase);
        life.begin(subscription, SubscriptionLife.Start.SEND, Optional.empty(), cause);
    }

    private static void enter(ObjectNode schedule, JsonNode phase) {
        schedule.putObject("current_phase")
                .put("end_date", phase.path("end_date").asLong())
                .put("start_date", phase.path("start_date").asLong());
    }

    private void phaseIsOver(ObjectNode schedule, long end) {
        boolean current =
                is(schedule, "active")
                        && schedule.path("current_phase").path("end_date").asLong() == end;
        if (!current) {
            return;
        }
        ObjectNode before = schedule.deepCopy();
        for (JsonNode phase : schedule.path("phases")) {
            if (phase.path("start_date").asLong() == end) {
                enter(schedule, phase);
                follow(schedule, phase, phase.path("proration_behavior").asString());
                changed(before, schedule, Cause.NOT_THE_API);
                return;
            }
        }
        complete(schedule);
    }

    /** After a change of phases: the one that runs now may have other items or another end. */
    void resume(ObjectNode schedule, String proration, Cause cause) {
        if (!is(schedule, "active")) {
            return;
        }
        for (JsonNode phase : schedule.path("phases")) {
            boolean now =
                    phase.path("start_date").asLong() <= store.now()
                            && phase.path("end_date").asLong() > store.now();
            if (now) {
                enter(schedule, phase);
                follow(schedule, phase, proration);
                return;
            }
        }
        throw Refusal.of(null, "phases", "The phases must cover the present moment.");
    }

    /** Gives the subscription the items of a phase. */
    private void follow(ObjectNode schedule, JsonNode phase, String proration) {
        ObjectNode subscription =
                store.get(Kind.SUBSCRIPTION, schedule.path("subscription").asString());
        List<ObjectNode> before = SubscriptionItems.of(subscription);
        var wanted = new LinkedHashMap<String, Object>();
        int at = 0;
        for (JsonNode item : phase.path("items")) {
            var one = new LinkedHashMap<String, Object>();
            if (at < before.size()) {
                one.put("id", before.get(at).path("id").asString());
            }
            one.put("price", item.path("price").asString());
            one.put("quantity", String.valueOf(item.path("quantity").asLong()));
            wanted.put(String.valueOf(at++), one);
        }
        for (; at < before.size(); at++) {
            String id = before.get(at).path("id").asString();
            wanted.put(String.valueOf(at), Map.of("id", id, "deleted", "true"));
        }
        boolean atPeriodEnd = SubscriptionItems.periodOf(subscription).end() == store.now();
        var asked = new LinkedHashMap<String, Object>();
        asked.put("items", wanted);
        asked.put("proration_behavior", atPeriodEnd ? "none" : proration);
        var metadata = new LinkedHashMap<String, Object>();
        phase.path("metadata")
                .properties()
                .forEach(one -> metadata.put(one.getKey(), one.getValue().asString()));
        asked.put("metadata", metadata);
        var _ = change.apply(subscription, new Params(asked), Cause.NOT_THE_API);
    }

    private void warn(ObjectNode schedule, long end) {
        JsonNode phases = schedule.path("phases");
        boolean stillLast =
                phases.path(phases.size() - 1).path("end_date").asLong() == end
                        && is(schedule, "active");
        if (stillLast) {
            var _ = events.record("subscription_schedule.expiring", schedule, Cause.NOT_THE_API);
        }
    }

    private void complete(ObjectNode schedule) {
        schedule.put("status", "completed");
        schedule.put("completed_at", store.now());
        schedule.putNull("current_phase");
        ObjectNode subscription =
                store.get(Kind.SUBSCRIPTION, schedule.path("subscription").asString());
        var _ = events.record("subscription_schedule.completed", schedule, Cause.NOT_THE_API);
        letGo(subscription, Cause.NOT_THE_API);
        if (schedule.path("end_behavior").asString().equals("cancel")) {
            life.end(subscription, "cancellation_requested", Cause.NOT_THE_API);
        }
    }

    void release(ObjectNode schedule, Cause cause) {
        schedule.put("status", "released");
        schedule.put("released_at", store.now());
        schedule.putNull("current_phase");
        schedule.set("released_subscription", schedule.path("subscription"));
        schedule.putNull("subscription");
        store.find(Kind.SUBSCRIPTION, schedule.path("released_subscription").asString(""))
                .ifPresent(subscription -> letGo(subscription, cause));
        var _ = events.record("subscription_schedule.released", schedule, cause);
    }

    private void letGo(ObjectNode subscription, Cause cause) {
        ObjectNode before = subscription.deepCopy();
        subscription.putNull("schedule");
        life.changed(before, subscription, cause);
    }

    /** Ends the subscription too; its unused time is given back and invoiced if so asked. */
    void cancel(ObjectNode schedule, boolean prorate, boolean invoiceNow, Cause cause) {
        Optional<ObjectNode> subscription =
                store.find(Kind.SUBSCRIPTION, schedule.path("subscription").asString(""))
                        .filter(SubscriptionLife::isAlive);
        close(schedule, "subscription_schedule.canceled", cause);
        subscription.ifPresent(running -> {
            if (prorate) {
                change.giveUnusedTimeBack(running, cause);
            }
            life.end(running, "cancellation_requested", cause);
            if (invoiceNow) {
                change.invoicePending(running, cause);
            }
        });
    }

    private void subscriptionEnded(ObjectNode subscription, String reason, Cause cause) {
        store.find(Kind.SUBSCRIPTION_SCHEDULE, subscription.path("schedule").asString(""))
                .filter(schedule -> is(schedule, "active"))
                .ifPresent(schedule ->
                        close(
                                schedule,
                                reason.equals("payment_failed")
                                        ? "subscription_schedule.aborted"
                                        : "subscription_schedule.canceled",
                                cause));
    }

    private void close(ObjectNode schedule, String event, Cause cause) {
        schedule.put("status", "canceled");
        schedule.put("canceled_at", store.now());
        schedule.putNull("current_phase");
        var _ = events.record(event, schedule, cause);
    }

    private void changed(ObjectNode before, ObjectNode after, Cause cause) {
        var _ = events.recordChange("subscription_schedule.updated", before, after, cause);
    }

    private static boolean is(ObjectNode schedule, String status) {
        return schedule.path("status").asString().equals(status);
    }
}
