package com.comptappart.webhook;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads a notification as it is now: what waits only because its endpoint is left alone says so,
 * and until when, although its own row tells its own schedule.
 */
final class SeenNotification {

    private SeenNotification() {}

    static Notification of(ResultSet row, Instant now) throws SQLException {
        long order = row.getLong("order_id");
        var orderId = row.wasNull() ? null : new OrderId(order);
        var state = Notification.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT));
        var own = row.getTimestamp("due_at").toInstant();
        var stage = stage(row, state, own, now);
        var due = own;
        String reason = row.getString("reason");
        boolean waits =
                state == Notification.State.PENDING && stage != Notification.Stage.IN_FLIGHT;
        var open = at(row, "open_until");
        var asked = at(row, "asked_until");
        if (waits && asked != null && due.isBefore(asked) && now.isBefore(asked)) {
            due = asked;
            reason = Reason.ENDPOINT_ASKED_TO_WAIT.text();
        }
        if (waits && open != null && (due.isBefore(open) || !due.isAfter(now))) {
            due = due.isBefore(open) ? open : due;
            reason = Reason.ENDPOINT_LEFT_ALONE.text(row.getInt("failures"));
        }
        return new Notification(
                row.getString("notification_id"),
                new PartnerId(row.getString("partner_id")),
                Environment.of(row.getString("environment")),
                row.getString("endpoint_id"),
                orderId,
                row.getString("event_type"),
                row.getString("event_id"),
                state,
                stage,
                reason,
                row.getInt("attempts"),
                row.getInt("last_status"),
                row.getString("body"),
                row.getTimestamp("created_at").toInstant(),
                due,
                at(row, "ended_at"));
    }

    private static Notification.Stage stage(
            ResultSet row, Notification.State state, Instant due, Instant now) throws SQLException {
        if (state != Notification.State.PENDING) {
            return Notification.Stage.valueOf(state.name());
        }
        if (row.getBoolean("leased") && due.isAfter(now)) {
            return Notification.Stage.IN_FLIGHT;
        }
        return row.getInt("step") > 0 ? Notification.Stage.RETRYING : Notification.Stage.PENDING;
    }

    private static @Nullable Instant at(ResultSet row, String column) throws SQLException {
        var at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
