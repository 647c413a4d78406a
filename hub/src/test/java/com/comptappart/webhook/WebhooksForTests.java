package com.comptappart.webhook;

import static com.comptappart.testing.HubForTests.eventually;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import com.comptappart.partner.Partners;
import com.comptappart.testing.HubForTests;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What tests of webhooks do with a hub, in the words of the domain. */
final class WebhooksForTests {

    private static final AtomicInteger NEXT = new AtomicInteger();

    final HubForTests hub;
    final Endpoints endpoints;
    final Notifications notifications;

    WebhooksForTests(HubForTests hub) {
        this.hub = hub;
        endpoints = hub.bean(Endpoints.class);
        notifications = hub.bean(Notifications.class);
    }

    /**
     * Of a hub that trusts those certificates, soon gives a call up, and does not soon repeat it.
     */
    static WebhooksForTests trusting(CertificatesForTests certificates) {
        return new WebhooksForTests(
                new HubForTests()
                        .withInventedOrders()
                        .with("comptappart.webhook.retrydelays", "1h")
                        .with("comptappart.webhook.timeout", "3s")
                        .with(
                                "comptappart.webhook.trustedcertificates",
                                certificates.authority().toString())
                        .start());
    }

    PartnerId partner() {
        String slug = "partner-" + NEXT.incrementAndGet();
        return hub.bean(Partners.class).create(slug, slug, "tech@partner.example", "fr").id();
    }

    Endpoints.WithSecret endpoint(PartnerId partner, String url) {
        return endpoints.create(
                partner, Environment.STAGING, new Endpoints.Wish(url, null, null, null, null));
    }

    static OwedNotification fact(PartnerId partner, long order, String type) {
        String event = "evt_" + NEXT.incrementAndGet();
        return new OwedNotification(
                partner,
                Environment.STAGING,
                new OrderId(order),
                type,
                event,
                "{\"event_type\":\""
                        + type
                        + "\",\"event_id\":\""
                        + event
                        + "\",\"name\":\"Zoë €\"}",
                Instant.parse("2026-11-23T14:32:18Z"));
    }

    void owe(List<OwedNotification> facts) {
        new TransactionTemplate(hub.bean(PlatformTransactionManager.class))
                .executeWithoutResult(_ -> notifications.owe(facts));
    }

    /** Owes one new order. */
    Notification owe(PartnerId partner) {
        var fact = fact(partner, NEXT.incrementAndGet(), "order.created");
        owe(List.of(fact));
        return of(fact).getFirst();
    }

    List<OwedNotification> owe(PartnerId partner, int count) {
        var facts = new ArrayList<OwedNotification>();
        for (int i = 0; i < count; i++) {
            facts.add(fact(partner, NEXT.incrementAndGet(), "order.created"));
        }
        owe(facts);
        return facts;
    }

    List<Notification> of(OwedNotification fact) {
        return notifications
                .ofOrders(List.of(fact.order()))
                .getOrDefault(fact.order(), List.of())
                .stream()
                .filter(each -> each.eventId().equals(fact.eventId()))
                .toList();
    }

    Notification now(Notification notification) {
        return notifications.find(notification.partner(), null, notification.id()).orElseThrow();
    }

    Notification eventuallyIs(Notification notification, Notification.State state) {
        return eventually(() -> now(notification), each -> each.state() == state);
    }

    Notification eventuallyTried(Notification notification, int attempts) {
        return eventually(() -> now(notification), each -> each.attempts() >= attempts);
    }

    /** All that failed or is held. */
    Recovery recover(Endpoint endpoint) {
        return recover(endpoint, 1_000, Recovery.Status.FAILED, Recovery.Status.HELD);
    }

    Recovery recover(Endpoint endpoint, int perSecond, Recovery.Status... statuses) {
        return hub.bean(Recoveries.class)
                .start(endpoint, wish(perSecond, statuses), "key_test")
                .recovery();
    }

    static Recovery.Wish wish(int perSecond, Recovery.Status... statuses) {
        return new Recovery.Wish(
                Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"), Set.of(statuses), perSecond);
    }

    Recovery now(Recovery recovery) {
        return hub.bean(Recoveries.class)
                .find(recovery.partner(), null, recovery.id())
                .orElseThrow();
    }

    Recovery eventuallyIs(Recovery recovery, Recovery.State state) {
        return eventually(() -> now(recovery), each -> each.state() == state);
    }

    Endpoint now(Endpoint endpoint) {
        return endpoints.find(endpoint.partner(), null, endpoint.id()).orElseThrow();
    }
}
