package com.comptappart.console;

import com.comptappart.webhook.NotificationPulse;
import com.comptappart.webhook.Recovery;
import java.util.List;
import java.util.Map;

/**
 * What the database said at one moment of all that is being looked at.
 *
 * @param fresh what was owed since the snapshot before
 */
record LiveSnapshot(
        Map<String, NotificationPulse.Beat> notifications,
        Map<String, Recovery> recoveries,
        List<NotificationPulse.Fresh> fresh) {

    LiveSnapshot {
        notifications = Map.copyOf(notifications);
        recoveries = Map.copyOf(recoveries);
        fresh = List.copyOf(fresh);
    }
}
