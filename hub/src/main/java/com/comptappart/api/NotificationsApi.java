package com.comptappart.api;

import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.Refused;
import com.comptappart.partner.Caller;
import com.comptappart.partner.KeyScope;
import com.comptappart.webhook.Notification;
import com.comptappart.webhook.NotificationFilter;
import com.comptappart.webhook.Notifications;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/notifications} and the feed, {@code /v1/events}. */
@RestController
@Tag(name = "Notifications", description = "The messages owed to webhook endpoints.")
class NotificationsApi {

    private final Notifications notifications;
    private final Scopes scopes;
    private final Deeds deeds;

    NotificationsApi(Notifications notifications, Scopes scopes, Deeds deeds) {
        this.deeds = deeds;
        this.notifications = notifications;
        this.scopes = scopes;
    }

    @GetMapping("/v1/notifications")
    @Needs(KeyScope.NOTIFICATIONS_READ)
    @Operation(
            operationId = "listNotifications",
            summary = "List notifications",
            description = "Newest first.")
    ListView<NotificationView> list(
            Caller caller,
            PageRequest page,
            @Parameter(
                            description =
                                    "pending: all that is owed and has not ended, in_flight and retrying too",
                            schema =
                                    @Schema(
                                            allowableValues = {
                                                "pending",
                                                "in_flight",
                                                "retrying",
                                                "delivered",
                                                "failed",
                                                "held"
                                            }))
                    @RequestParam(name = "status", required = false)
                    @Nullable String status,
            @RequestParam(name = "order_id", required = false) @Nullable String orderId,
            @RequestParam(name = "endpoint", required = false) @Nullable String endpoint,
            @RequestParam(name = "event_type", required = false) @Nullable String eventType,
            @RequestParam(name = "created_after", required = false) @Nullable String createdAfter,
            @RequestParam(name = "created_before", required = false) @Nullable String createdBefore,
            @Parameter(description = "Operators: id or slug")
                    @RequestParam(name = "partner", required = false)
                    @Nullable String partner,
            @RequestParam(name = "environment", required = false) @Nullable String environment) {
        var scope = scopes.narrowed(caller, partner, environment);
        return ListView.of(
                notifications.list(
                        new NotificationFilter(
                                scope.partner(),
                                scope.environment(),
                                stage(status),
                                Given.orderIdOrNull(orderId),
                                endpoint,
                                eventType,
                                null,
                                Given.timeOrNull("created_after", createdAfter),
                                Given.timeOrNull("created_before", createdBefore)),
                        page),
                NotificationView::of);
    }

    @GetMapping("/v1/notifications/{id}")
    @Needs(KeyScope.NOTIFICATIONS_READ)
    @Operation(
            operationId = "getNotification",
            summary = "Get a notification with every attempt",
            description =
                    "Each attempt with its time, status, timings, both sides' headers, the answer's first 16 KiB and a diagnosis.")
    NotificationView get(Caller caller, @PathVariable("id") String id) {
        return whole(find(caller, id));
    }

    @PostMapping("/v1/notifications/{id}/replay")
    @Needs(KeyScope.NOTIFICATIONS_WRITE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            operationId = "replayNotification",
            summary = "Send a notification again",
            description =
                    "Now, whatever its status, with the same id and body and a fresh schedule.")
    NotificationView replay(Caller caller, @PathVariable("id") String id) {
        var found = find(caller, id);
        return whole(
                deeds.of(
                                caller,
                                "notification.replayed",
                                found.partner(),
                                found.environment(),
                                found.id())
                        .done(() -> notifications.replay(found, caller.keyId())));
    }

    @GetMapping("/v1/events")
    @Needs(KeyScope.EVENTS_READ)
    @Operation(
            operationId = "listEvents",
            summary = "Pull every notification ever owed, in order",
            description =
                    "Oldest first. next_cursor is always there: keep it, and pass it as ?after= the next"
                            + " time to get what came since.")
    ListView<NotificationView> events(Caller caller, PageRequest page) {
        return ListView.of(
                notifications.feed(caller.onlyPartner(), caller.onlyEnvironment(), page),
                NotificationView::of);
    }

    private NotificationView whole(Notification notification) {
        var attempts =
                notifications.attempts(notification).stream()
                        .map(NotificationView.AttemptView::of)
                        .toList();
        return NotificationView.of(notification, attempts);
    }

    private Notification find(Caller caller, String id) {
        return notifications
                .find(caller.onlyPartner(), caller.onlyEnvironment(), id)
                .orElseThrow(() ->
                        Refused.notFound(
                                "notification_not_found", "there is no notification " + id));
    }

    private static Notification.@Nullable Stage stage(@Nullable String status) {
        if (status == null) {
            return null;
        }
        for (var stage : Notification.Stage.values()) {
            if (stage.name().toLowerCase(Locale.ROOT).equals(status)) {
                return stage;
            }
        }
        throw Refused.invalid(
                "status_unknown",
                "status must be pending, in_flight, retrying, delivered, failed or held");
    }
}
