package com.comptappart.console;

import com.comptappart.webhook.Notification;
import java.util.ArrayList;
import java.util.List;

/**
 * A notification as its page shows it.
 *
 * @param reason why it is where it is, empty where nothing is to be said
 * @param next when it is tried (again), empty where it is not
 * @param advice what to do, empty where nothing is
 */
record DeliveryView(
        String id,
        String url,
        String type,
        Badge state,
        String reason,
        String next,
        String advice,
        String owedAt,
        String machineOwedAt,
        List<Step.Fact> facts,
        String order,
        String orderUrl,
        String body,
        List<AttemptView> attempts) {

    DeliveryView {
        facts = List.copyOf(facts);
        attempts = List.copyOf(attempts);
    }

    static DeliveryView of(
            Words words,
            Notification notification,
            List<Notification.Attempt> attempts,
            String partner,
            String endpoint) {
        var order = notification.order();
        var environment = notification.environment();
        return new DeliveryView(
                notification.id(),
                Place.path(partner, environment, "/livraisons/" + notification.id()),
                notification.eventType(),
                States.stage(words, notification.stage()),
                words.reason(notification.reason()),
                DeliveryRow.next(words, notification.stage(), notification.dueAt()),
                advice(words, notification, attempts),
                words.exactTime(notification.createdAt()),
                Words.machine(notification.createdAt()),
                facts(words, notification, endpoint),
                order == null ? "" : order.toString(),
                order == null ? "" : Place.path(partner, environment, "/commandes/" + order),
                notification.body(),
                attempts.stream().map(each -> AttemptView.of(words, each)).toList());
    }

    private static List<Step.Fact> facts(Words words, Notification notification, String endpoint) {
        var facts = new ArrayList<Step.Fact>();
        facts.add(Step.Fact.code("webhook-id", notification.id()));
        facts.add(Step.Fact.code("event_id", notification.eventId()));
        if (!notification.endpointId().isEmpty()) {
            facts.add(Step.Fact.code(words.text("fact.endpoint"), endpoint));
        }
        facts.add(Step.Fact.of(words.text("fact.attempts"), words.count(notification.attempts())));
        return facts;
    }

    /** What the last attempt tells, while it is still true. */
    static String advice(
            Words words, Notification notification, List<Notification.Attempt> attempts) {
        return switch (notification.state()) {
            case HELD ->
                    notification.endpointId().isEmpty()
                            ? words.text("blame.no-endpoint")
                            : words.text("deliveries.held-advice");
            case DELIVERED -> "";
            case PENDING, FAILED -> attempts.isEmpty() ? "" : Blame.of(words, attempts.getLast());
        };
    }
}
