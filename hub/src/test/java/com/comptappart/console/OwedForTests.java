package com.comptappart.console;

import static com.comptappart.testing.HubForTests.eventually;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import com.comptappart.partner.Partners;
import com.comptappart.testing.HubForTests;
import com.comptappart.webhook.Endpoint;
import com.comptappart.webhook.Endpoints;
import com.comptappart.webhook.Notification;
import com.comptappart.webhook.Notifications;
import com.comptappart.webhook.OwedNotification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Notifications that a hub owes to a partner, of orders that are invented. */
final class OwedForTests {

    private static final AtomicInteger NEXT = new AtomicInteger(9_000);

    private final HubForTests hub;

    OwedForTests(HubForTests hub) {
        this.hub = hub;
    }

    PartnerId partner(String slug) {
        return hub.bean(Partners.class).create(slug, slug, slug + "@example.com", "fr").id();
    }

    Endpoint endpoint(PartnerId partner, String url) {
        return made(partner, url).endpoint();
    }

    Endpoints.WithSecret made(PartnerId partner, String url) {
        return hub.bean(Endpoints.class)
                .create(
                        partner,
                        Environment.STAGING,
                        new Endpoints.Wish(url, null, null, null, null));
    }

    /** One order of 99.99 euros each. */
    List<Notification> owe(PartnerId partner, int orders) {
        var facts = new ArrayList<OwedNotification>();
        for (int i = 0; i < orders; i++) {
            int order = NEXT.incrementAndGet();
            facts.add(
                    new OwedNotification(
                            partner,
                            Environment.STAGING,
                            new OrderId(order),
                            "order.created",
                            "evt_" + order,
                            "{\"event_type\":\"order.created\",\"event_id\":\"evt_"
                                    + order
                                    + "\",\"order\":{\"total_amount\":99.99,\"currency\":\"EUR\",\"buyer\":\"Zoë d'Aÿ\"}}",
                            Instant.parse("2026-11-23T14:32:18Z")));
        }
        new TransactionTemplate(hub.bean(PlatformTransactionManager.class))
                .executeWithoutResult(_ -> hub.bean(Notifications.class).owe(facts));
        return facts.stream()
                .map(fact ->
                        hub.bean(Notifications.class)
                                .ofOrders(List.of(fact.order()))
                                .get(fact.order())
                                .getFirst())
                .toList();
    }

    Notification now(Notification notification) {
        return hub.bean(Notifications.class)
                .find(notification.partner(), null, notification.id())
                .orElseThrow();
    }

    Notification eventuallyIs(Notification notification, Notification.Stage stage) {
        return eventually(() -> now(notification), each -> each.stage() == stage);
    }

    List<Notification> eventuallyAre(List<Notification> all, Notification.Stage stage) {
        return all.stream().map(each -> eventuallyIs(each, stage)).toList();
    }
}
