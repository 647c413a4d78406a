package com.comptappart.webhook;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.Page;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.PartnerId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/**
 * Where notifications are owed and found. A null partner or environment stands for the operator.
 */
@Repository
public class Notifications {

    /**
     * Records facts for every endpoint that wants them, each (fact, endpoint) once, in the caller's
     * transaction.
     */
    public void owe(List<OwedNotification> facts) {
        throw new UnsupportedOperationException();
    }

    /** Newest first; null asks nothing. */
    public Page<Notification> list(
            @Nullable PartnerId partner,
            @Nullable Environment environment,
            Notification.@Nullable State state,
            @Nullable OrderId order,
            PageRequest page) {
        throw new UnsupportedOperationException();
    }

    /** Every notification ever owed, oldest first. */
    public Page<Notification> feed(
            @Nullable PartnerId partner, @Nullable Environment environment, PageRequest page) {
        throw new UnsupportedOperationException();
    }

    public Optional<Notification> find(
            @Nullable PartnerId partner, @Nullable Environment environment, String id) {
        throw new UnsupportedOperationException();
    }

    /** Oldest first. */
    public Map<OrderId, List<Notification>> ofOrders(Collection<OrderId> orders) {
        throw new UnsupportedOperationException();
    }

    /** Oldest first. */
    public List<Notification.Attempt> attempts(Notification notification) {
        throw new UnsupportedOperationException();
    }

    /**
     * Sends it again now, whatever its state, with the same id and body and a fresh schedule.
     *
     * @throws com.comptappart.kernel.Refused when the partner has no endpoint to send it to
     */
    public Notification replay(Notification notification) {
        throw new UnsupportedOperationException();
    }
}
