package com.comptappart.console;

import com.comptappart.webhook.Notification;
import java.time.Instant;

/**
 * One row of the list of notifications, as it is shown.
 *
 * @param next when it is tried (again); empty where it is not
 * @param answer what the last attempt was answered, empty before the first
 * @param endpoint its address without {@code https://}, or its id where it was deleted
 */
record DeliveryRow(
        String id,
        String url,
        String type,
        String time,
        String machineTime,
        String order,
        String orderUrl,
        String partner,
        String endpoint,
        Badge state,
        String next,
        String answer,
        int attempts) {

    static DeliveryRow of(Words words, Notification notification, String partner, String endpoint) {
        var order = notification.order();
        return new DeliveryRow(
                notification.id(),
                Place.path(partner, notification.environment(), "/livraisons/" + notification.id()),
                notification.eventType(),
                words.time(notification.createdAt()),
                Words.machine(notification.createdAt()),
                order == null ? "" : order.toString(),
                order == null
                        ? ""
                        : Place.path(partner, notification.environment(), "/commandes/" + order),
                partner,
                endpoint,
                States.stage(words, notification.stage()),
                next(words, notification.stage(), notification.dueAt()),
                answer(words, notification.attempts(), notification.lastStatus()),
                notification.attempts());
    }

    static String next(Words words, Notification.Stage stage, Instant dueAt) {
        return switch (stage) {
            case PENDING, RETRYING -> words.text("deliveries.next", words.exactTime(dueAt));
            case IN_FLIGHT, DELIVERED, FAILED, HELD -> "";
        };
    }

    static String answer(Words words, int attempts, int lastStatus) {
        if (attempts == 0) {
            return "";
        }
        return lastStatus == 0 ? words.text("try.silent") : "HTTP " + Integer.toString(lastStatus);
    }
}
