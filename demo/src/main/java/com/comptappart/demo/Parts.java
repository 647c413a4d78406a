package com.comptappart.demo;

import com.comptappart.sandbox.StripeSandbox;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything that the demo starts; ended in reverse order, once. */
final class Parts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);
    private static final int HUB_PORT = 8080;
    private static final int SHOP_PORT = 8081;
    private static final int INBOX_PORT = 8025;
    private static final int PARTNER_PORT = 8090;
    private static final int STRIPE_PORT = 12111;

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final Http http;
    private final Inbox inbox;
    private final SamplePartner partner;
    private final StripeSandbox stripe;
    private final DemoHub.Place place;
    private final DemoHub server;
    private final HubApi hub;
    private final Shop shop;

    private Parts(Settings settings, Clock clock) {
        try {
            http = opened(new Http());
            inbox = opened(Inbox.start(settings.port(INBOX_PORT)));
            partner = opened(SamplePartner.start(settings.port(PARTNER_PORT), clock));
            stripe = opened(StripeSandbox.start(settings.port(STRIPE_PORT)));
            place = place(settings, stripe);
            server = opened(DemoHub.start(place));
            hub = new HubApi(http, place.url(), place.operatorKey());
            var kept = new KeptSecrets(settings.dataDirectory());
            partner.trust(new PartnerAccount(hub, kept).callMeAt(partner.url("/webhook")));
            shop = opened(shop(settings, clock));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    static Parts start(Settings settings, Clock clock) {
        return new Parts(settings, clock);
    }

    Http http() {
        return http;
    }

    Inbox inbox() {
        return inbox;
    }

    SamplePartner partner() {
        return partner;
    }

    /** The sandbox itself: its time can be moved. */
    StripeSandbox stripe() {
        return stripe;
    }

    HubApi hub() {
        return hub;
    }

    /** What only who runs the hub can ask it. */
    DemoHub server() {
        return server;
    }

    Shop shop() {
        return shop;
    }

    String operatorKey() {
        return place.operatorKey();
    }

    String consoleUrl(String path) {
        return console(path);
    }

    @Override
    public synchronized void close() {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                LOG.warn("a part of the demo did not end well; the others are ended now", e);
            }
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        started.push(part);
        return part;
    }

    private DemoHub.Place place(Settings settings, StripeSandbox sandbox) {
        int port = Loopback.known(settings.port(HUB_PORT));
        String secret = sandbox.addWebhookEndpoint(Loopback.url(port) + "/stripe/webhooks");
        return new DemoHub.Place(
                settings,
                port,
                new KeptSecrets(settings.dataDirectory()).operatorKey(),
                sandbox.url(),
                sandbox.apiKey(),
                secret,
                inbox.smtpPort());
    }

    private Shop shop(Settings settings, Clock clock) {
        var account = new ShopStripe(stripe.url(), stripe.apiKey(), clock);
        account.sell(PartnerAccount.SLUG);
        var neighbours =
                new Shop.Neighbours(inbox.url("/"), partner.url("/"), console("/commandes"));
        return Shop.start(settings.port(SHOP_PORT), account, neighbours);
    }

    private String console(String path) {
        return place.url() + "/console/" + PartnerAccount.SLUG + "/test" + path;
    }
}
