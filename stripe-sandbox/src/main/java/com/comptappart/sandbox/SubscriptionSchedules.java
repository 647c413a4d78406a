package com.comptappart.sandbox;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/subscription_schedules}: subscriptions whose items change at dates known before. */
final class SubscriptionSchedules {

    private final Store store;
    private final Events events;
    private final Agenda agenda;
    private final ScheduleFields fields;
    private final SchedulePhases phases;

    SubscriptionSchedules(Store store, Events events, Agenda agenda, SchedulePhases phases) {
        this.store = store;
        this.events = events;
        this.agenda = agenda;
        this.fields = new ScheduleFields(store);
        this.phases = phases;
    }

    void addTo(Routes routes) {
        routes.post("v1/subscription_schedules", this::create);
        routes.get("v1/subscription_schedules", this::list);
        routes.get(
                "v1/subscription_schedules/*",
                call -> store.get(Kind.SUBSCRIPTION_SCHEDULE, call.id()));
        routes.post("v1/subscription_schedules/*", call -> inItsTime(call, this::update));
        routes.post("v1/subscription_schedules/*/cancel", call -> inItsTime(call, this::cancel));
        routes.post("v1/subscription_schedules/*/release", call -> inItsTime(call, this::release));
    }

    private ObjectNode inItsTime(Call call, Routes.Action action) {
        ObjectNode schedule = store.get(Kind.SUBSCRIPTION_SCHEDULE, call.id());
        return agenda.inTimeOf(schedule, () -> action.answer(call));
    }

    private ObjectNode create(Call call) {
        Optional<String> from = call.params().filled("from_subscription");
        if (from.isPresent()) {
            ObjectNode subscription =
                    store.referred(Kind.SUBSCRIPTION, from.get(), "from_subscription");
            return agenda.inTimeOf(subscription, () -> follow(call, subscription));
        }
        ObjectNode customer =
                Customers.referred(store, call.params().required("customer"), "customer");
        return agenda.inTimeOf(customer, () -> create(call, customer));
    }

    private ObjectNode create(Call call, ObjectNode customer) {
        Params params = call.params();
        ObjectNode schedule = ScheduleFields.blank(customer, store.now());
        long start = start(params);
        fields.apply(params, schedule);
        fields.setPhases(params, schedule, start);
        params.refuseUnread();
        store.put(Kind.SUBSCRIPTION_SCHEDULE, schedule);
        var _ = events.record("subscription_schedule.created", schedule, call.cause());
        phases.planAll(schedule);
        if (start <= store.now()) {
            phases.begin(schedule, call.cause());
        }
        return schedule;
    }

    private long start(Params params) {
        String given = params.required("start_date");
        if (given.equals("now")) {
            return store.now();
        }
        long start = params.integer("start_date").orElseThrow();
        if (start < store.now()) {
            throw Refusal.notImitated("start_date", "schedules that began in the past");
        }
        return start;
    }

    /** A schedule of the period that runs, for a subscription that is there already. */
    private ObjectNode follow(Call call, ObjectNode subscription) {
        call.params().refuseUnread();
        if (!SubscriptionLife.isAlive(subscription)) {
            throw Refusal.of(null, "from_subscription", "This subscription has ended.");
        }
        if (subscription.path("schedule").isString()) {
            throw Refusal.of(
                    null,
                    "from_subscription",
                    "This subscription is managed by the schedule %s already."
                            .formatted(subscription.path("schedule").asString()));
        }
        ObjectNode customer = store.get(Kind.CUSTOMER, subscription.path("customer").asString());
        ObjectNode schedule = ScheduleFields.blank(customer, store.now());
        schedule.set("subscription", subscription.path("id"));
        fields.setPhaseOf(subscription, schedule);
        store.put(Kind.SUBSCRIPTION_SCHEDULE, schedule);
        subscription.set("schedule", schedule.path("id"));
        var _ = events.record("subscription_schedule.created", schedule, call.cause());
        phases.planAll(schedule);
        return schedule;
    }

    private ObjectNode update(Call call) {
        Params params = call.params();
        ObjectNode kept = open(call.id());
        ObjectNode schedule = kept.deepCopy();
        fields.apply(params, schedule);
        boolean other = params.has("phases");
        if (other) {
            fields.setPhases(
                    params, schedule, kept.path("phases").path(0).path("start_date").asLong());
        }
        String proration =
                params.oneOf("proration_behavior", "create_prorations", "none", "always_invoice")
                        .orElse("create_prorations");
        params.refuseUnread();
        ObjectNode before = kept.deepCopy();
        kept.setAll(schedule);
        if (other) {
            phases.planAll(kept);
            phases.resume(kept, proration, call.cause());
        }
        var _ = events.recordChange("subscription_schedule.updated", before, kept, call.cause());
        return kept;
    }

    private ObjectNode cancel(Call call) {
        boolean prorate = call.params().flag("prorate").orElse(true);
        boolean invoiceNow = call.params().flag("invoice_now").orElse(true);
        call.params().refuseUnread();
        ObjectNode schedule = open(call.id());
        phases.cancel(schedule, prorate, invoiceNow, call.cause());
        return schedule;
    }

    private ObjectNode release(Call call) {
        call.params().flag("preserve_cancel_date");
        call.params().refuseUnread();
        ObjectNode schedule = open(call.id());
        phases.release(schedule, call.cause());
        return schedule;
    }

    private ObjectNode open(String id) {
        ObjectNode schedule = store.get(Kind.SUBSCRIPTION_SCHEDULE, id);
        String status = schedule.path("status").asString();
        if (!List.of("not_started", "active").contains(status)) {
            throw Refusal.of(
                    null,
                    null,
                    "This schedule is `%s`; only one that is `not_started` or `active` can be changed."
                            .formatted(status));
        }
        return schedule;
    }

    private ObjectNode list(Call call) {
        Predicate<ObjectNode> wanted =
                Page.created(call.params()).and(Page.equal(call.params(), "customer"));
        return Page.of(
                call,
                store.newestFirst(Kind.SUBSCRIPTION_SCHEDULE).stream().filter(wanted).toList());
    }
}
