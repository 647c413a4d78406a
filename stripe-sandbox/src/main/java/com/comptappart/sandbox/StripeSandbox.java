package com.comptappart.sandbox;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
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
    private final Timeline banks;
    private final Timeline deadlines;
    private final BalanceTransactions balance;
    private final Disputes disputes;
    private final PaymentMethods methods;
    private final Refunds refunds;
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
        this.events = new Events(store, endpoints, deliveries);
        this.banks = new Timeline(store);
        this.deadlines = new Timeline(store);
        this.balance = new BalanceTransactions(store);
        this.disputes = new Disputes(store, events, balance, banks, deadlines);
        this.methods = new PaymentMethods(store);
        this.refunds = new Refunds(store, events, methods, balance, disputes, banks);
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
     * Does at once what waits for the banks, whatever the clock says: pending refunds and debits,
     * refunds that fail later, decisions on disputes.
     */
    public void settleNow() {
        store.locked(() -> {
            banks.runAll();
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
            refunds.fail(refundId, reason);
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
        return store.locked(() -> disputes.open(store.get(Kind.CHARGE, chargeId), reason, "10.4"))
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
        var prices = new Prices(store, events);
        var sessions = new Sessions(store, prices, events, url);
        var payments = new Payments(store, events, methods, balance, disputes, banks, url);
        var customers = new Customers(store, events);
        var intents = new PaymentIntents(store, events, payments, methods, refunds);
        var checkout = new Checkout(store, payments, intents, customers, events);
        var routes = new Routes();
        new Products(store, prices, events).addTo(routes);
        prices.addTo(routes);
        sessions.addTo(routes);
        intents.addTo(routes);
        methods.addTo(routes);
        refunds.addTo(routes);
        disputes.addTo(routes);
        balance.addTo(routes);
        customers.addTo(routes);
        events.addTo(routes);
        endpoints.addTo(routes);
        new PaymentPages(store, checkout).addTo(routes);
        Runnable catchUp =
                () -> {
                    sessions.expireDue();
                    banks.runDue();
                    deadlines.runDue();
                    balance.runDue();
                };
        server.createContext("/", new Api(store, routes, catchUp));
        server.createContext("/c/pay/", new HostedPage(store, catchUp, methods, checkout));
        server.createContext("/c/3ds/", new ChallengePage(store, payments, checkout));
        server.setExecutor(requests);
        server.start();
        var _ = ticks.scheduleWithFixedDelay(() -> tick(catchUp), 1, 1, TimeUnit.SECONDS);
    }

    private void tick(Runnable catchUp) {
        store.locked(() -> {
            try {
                catchUp.run();
            } catch (RuntimeException bug) {
                LOG.error("What was due failed; the next tick goes on with the rest.", bug);
            }
            return true;
        });
    }
}
