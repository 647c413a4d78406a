package com.comptappart.webhook;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.Page;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Refused;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Where notifications are owed and found. A null partner or environment stands for the operator.
 */
@Component
public class Notifications {

    private final OwedRows owed;
    private final NotificationRows rows;
    private final Formers formers;
    private final AttemptRows attempts;
    private final Circuits circuits;

    Notifications(
            OwedRows owed,
            NotificationRows rows,
            Formers formers,
            AttemptRows attempts,
            Circuits circuits) {
        this.owed = owed;
        this.rows = rows;
        this.formers = formers;
        this.attempts = attempts;
        this.circuits = circuits;
    }

    /**
     * Records facts for every endpoint that wants them, each (fact, endpoint) once, in the caller's
     * transaction.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void owe(List<OwedNotification> facts) {
        var told =
                facts.stream()
                        .filter(fact -> !fact.partner().equals(PartnerId.UNASSIGNED))
                        .toList();
        if (!told.isEmpty()) {
            owed.insert(told);
        }
    }

    /** Newest first; null asks nothing, and PENDING asks for all that is owed and not ended. */
    @Transactional(readOnly = true)
    public Page<Notification> list(
            @Nullable PartnerId partner,
            @Nullable Environment environment,
            Notification.@Nullable Stage stage,
            @Nullable OrderId order,
            PageRequest page) {
        return list(
                new NotificationFilter(
                        partner, environment, stage, order, null, null, null, null, null),
                page);
    }

    /** Newest first. */
    @Transactional(readOnly = true)
    public Page<Notification> list(NotificationFilter filter, PageRequest page) {
        return told(rows.list(filter, page));
    }

    /** Every notification ever owed, oldest first. */
    public Page<Notification> feed(
            @Nullable PartnerId partner, @Nullable Environment environment, PageRequest page) {
        return told(rows.feed(partner, environment, page));
    }

    public Optional<Notification> find(
            @Nullable PartnerId partner, @Nullable Environment environment, String id) {
        return rows.find(partner, environment, id).map(this::told);
    }

    /** Oldest first. */
    public Map<OrderId, List<Notification>> ofOrders(Collection<OrderId> orders) {
        return rows.ofOrders(orders).entrySet().stream()
                .collect(
                        Collectors.toMap(Map.Entry::getKey, each -> formers.told(each.getValue())));
    }

    /** What tells of a subscription, oldest first; the first two hundred. */
    public List<Notification> ofSubscription(
            PartnerId partner, Environment environment, String subscriptionId) {
        return formers.told(rows.ofSubject(partner, environment, subscriptionId));
    }

    private Page<Notification> told(Page<Notification> page) {
        return new Page<>(formers.told(page.data()), page.nextCursor());
    }

    private Notification told(Notification notification) {
        return formers.told(List.of(notification)).getFirst();
    }

    /** Oldest first. */
    public List<Notification.Attempt> attempts(Notification notification) {
        return attempts.of(notification);
    }

    /**
     * Sends it again now, whatever its state, with the same id and body and a fresh schedule. One
     * that is being sent at this moment stays as it is.
     *
     * @param askedBy the id of the API key that asked
     * @throws Refused when the partner has no endpoint to send it to
     */
    @Transactional
    public Notification replay(Notification notification, String askedBy) {
        String target =
                rows.targetOf(notification)
                        .orElseThrow(() ->
                                Refused.conflict(
                                        "endpoint_missing",
                                        "there is no enabled endpoint for this notification: enable or resume its endpoint, or create one that wants "
                                                + notification.eventType()));
        rows.restart(notification, target, askedBy);
        circuits.tryNow(notification.partner(), target);
        return get(notification.partner(), notification.id());
    }

    Notification get(PartnerId partner, String id) {
        return rows.find(partner, null, id)
                .map(this::told)
                .orElseThrow(() ->
                        Refused.notFound(
                                "notification_not_found", "there is no notification " + id));
    }
}
