package com.comptappart.console;

import com.comptappart.webhook.Notification;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Where the steps of an order's story lead.
 *
 * @param events the order's Stripe events whose JSON is kept
 */
record StepLinks(Words words, String orderUrl, Set<String> events) {

    StepLinks {
        events = Set.copyOf(events);
    }

    List<Step.Link> event(String id) {
        return events.contains(id)
                ? List.of(
                        new Step.Link(
                                orderUrl + "/evenements/" + id, words.text("step.stripe-event")))
                : List.of();
    }

    List<Step.Link> notification(Notification notification) {
        String place = orderUrl.substring(0, orderUrl.lastIndexOf("/commandes/"));
        return List.of(
                new Step.Link(
                        place + "/livraisons/" + notification.id(),
                        words.text("step.delivery-page")));
    }

    /** Its body names the credit note, and that its refund. */
    List<Step.Link> refundNotification(Story story, Notification notification) {
        var links = new ArrayList<>(notification(notification));
        story.creditNotes().stream()
                .filter(note -> notification.body().contains('"' + note.number() + '"'))
                .findFirst()
                .ifPresent(note ->
                        links.add(
                                new Step.Link(
                                        "#" + note.refundId(), words.text("step.its-refund"))));
        return links;
    }
}
