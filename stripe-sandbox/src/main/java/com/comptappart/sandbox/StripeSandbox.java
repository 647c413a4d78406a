package com.comptappart.sandbox;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Stripe of one's own on loopback: Stripe's SDKs, browsers and webhook receivers can't tell the
 * difference.
 */
public final class StripeSandbox implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StripeSandbox.class);
    private static final String LOOPBACK = "127.0.0.1";

    private final HttpServer server;
    private final String url;
    private final String apiKey = Ids.random("sk_test_51", 32);
    private final Store store;
    private final WebhookEndpoints endpoints;
    private final Events events;
    private final Deliveries deliveries;
    private final Faults faults = new Faults();
    private final Prices prices;
    private final Sessions sessions;
    private final Agenda agenda;
    private final Acquiring acquiring;
    private final Billing billing;
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService ticks =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("stripe-sandbox-ticks").factory());

    private StripeSandbox(HttpServer server, Clock clock) {
        this.server = server;
        this.url = "http://%s:%d".formatted(LOOPBACK, server.getAddress().getPort());
        this.store = new Store(clock);
        this.endpoints = new WebhookEndpoints(store);
        this.deliveries = new Deliveries(store, endpoints, faults);
        this.events = new Events(store, endpoints, deliveries, faults);
        this.prices = new Prices(store, events);
        this.sessions = new Sessions(store, prices, events, url);
        this.agenda = new Agenda(store);
        this.acquiring = new Acquiring(store, events, agenda, url);
        this.billing = new Billing(store, events, agenda, acquiring, prices, url);
    }

    /** Starts on a port of loopback; 0 takes a free one. */
    public static StripeSandbox start(int port) {
        return start(port, Clock.systemUTC());
    }

    /**
     * Starts with a clock that decides what the sandbox calls now: creation, expiry and signature
     * times.
     */
    public static StripeSandbox start(int port, Clock clock) {
        try {
            var address = new InetSocketAddress(InetAddress.ofLiteral(LOOPBACK), port);
            var sandbox = new StripeSandbox(HttpServer.create(address, 0), clock);
            sandbox.open();
            return sandbox;
        } catch (IOException taken) {
            throw new UncheckedIOException(
                    "The Stripe sandbox cannot listen on port %d of loopback.".formatted(port),
                    taken);
        }
    }

    /** The base address for SDKs, such as {@code http://127.0.0.1:4242}. */
    public String url() {
        return url;
    }

    /** A secret key that is accepted here; any other {@code sk_test_…} is, too. */
    public String apiKey() {
        return apiKey;
    }

    /** Sends all events to this address from now on, and returns the secret that signs them. */
    public String addWebhookEndpoint(String address) {
        return store.locked(() -> endpoints.add(address)).path("secret").asString();
    }

    /** Sends an event again, with the same id and a new signature; done when it was answered. */
    public CompletableFuture<Void> redeliver(String eventId) {
        return store.locked(() -> events.redeliver(eventId));
    }

    /**
     * Moves the sandbox's own time ahead, and does at its own moment all that falls due on the way:
     * trials end, subscriptions renew, payments are tried again, sessions expire. Objects on a test
     * clock stay where it stands, and signatures keep the real time. Done when each endpoint has
     * answered the first call of every event that this brought.
     *
     * @throws IllegalArgumentException for no time, or more than five years at once
     */
    public CompletableFuture<Void> advance(Duration by) {
        if (by.isNegative() || by.isZero() || by.compareTo(TestClocks.FARTHEST) > 0) {
            throw new IllegalArgumentException(
                    "time goes ahead by at most %d days at once, not by %s"
                            .formatted(TestClocks.FARTHEST.toDays(), by));
        }
        return store.locked(() -> {
            store.moveAhead(by);
            runDue();
            return events.answered();
        });
    }

    /** The second that the sandbox takes for now, on its own time. */
    public Instant now() {
        return Instant.ofEpochSecond(store.now());
    }

    /**
     * Does at once what waits for the banks, whatever the clock says: pending refunds and debits,
     * refunds that fail later, decisions on disputes.
     */
    public void settleNow() {
        store.locked(() -> {
            acquiring.banks().runAll();
            return true;
        });
    }

    /**
     * Makes a pending or succeeded refund fail now, whatever card it goes to.
     *
     * @param reason Stripe's word, such as {@code lost_or_stolen_card}
     */
    public void failRefund(String refundId, String reason) {
        store.locked(() -> {
            acquiring.refunds().fail(refundId, reason);
            return true;
        });
    }

    /**
     * Opens a chargeback on a paid charge, whatever card it was paid with.
     *
     * @param reason Stripe's word, such as {@code fraudulent} or {@code product_not_received}
     * @return the dispute's id
     */
    public String dispute(String chargeId, String reason) {
        return store.locked(() ->
                        acquiring.disputes().open(store.get(Kind.CHARGE, chargeId), reason, "10.4"))
                .path("id")
                .asString();
    }

    /** What may go wrong with the delivery of events, on demand. */
    public Faults faults() {
        return faults;
    }

    @Override
    public void close() {
        ticks.shutdownNow();
        server.stop(0);
        requests.shutdownNow();
        deliveries.close();
    }

    private void open() {
        var customers = billing.customers();
        var routes = new Routes();
        new Products(store, prices, events).addTo(routes);
        prices.addTo(routes);
        new Plans(store, prices, events).addTo(routes);
        new ShippingRates(store).addTo(routes);
        sessions.addTo(routes);
        var links = new PaymentLinks(store, prices, events, sessions, url);
        links.addTo(routes);
        acquiring.addTo(routes);
        billing.addTo(routes);
        events.addTo(routes);
        endpoints.addTo(routes);
        new Controls(faults, store, events, acquiring, by -> advance(by).state()).addTo(routes);
        var checkout = new Checkout(store, acquiring, customers, events, billing.checkout());
        new PaymentPages(store, checkout).addTo(routes);
        var pages = new BrowsePages(store, events, deliveries.log(), endpoints, url);
        var api = new Api(store, routes, this::runDue, faults);
        server.createContext("/", new Front(pages, api));
        server.createContext("/objects/", pages);
        server.createContext("/events/", pages);
        server.createContext(
                "/c/pay/", new HostedPage(store, this::runDue, acquiring.methods(), checkout));
        server.createContext(PaymentLinks.PAGE, new PaymentLinkPage(store, links, checkout));
        server.createContext("/c/3ds/", new ChallengePage(store, acquiring.payments(), checkout));
        server.createContext(PortalSessions.PAGE, billing.portal(acquiring.methods()));
        server.setExecutor(requests);
        server.start();
        var _ = ticks.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    private void tick() {
        try {
            runDue();
        } catch (RuntimeException bug) {
            LOG.error("What was due failed; the next tick goes on with the rest.", bug);
        }
    }

    private boolean runDue() {
        return store.locked(() -> {
            sessions.expireDue();
            agenda.runDue();
            acquiring.runDue();
            return true;
        });
    }
}
