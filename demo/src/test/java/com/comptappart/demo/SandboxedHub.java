package com.comptappart.demo;

import com.comptappart.Hub;
import com.comptappart.Invariants;
import com.comptappart.invoice.Ledger;
import com.comptappart.sandbox.StripeSandbox;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A hub that sells through the sandbox, over HTTP, for one partner; both live by one clock, which a
 * test moves.
 */
final class SandboxedHub implements AutoCloseable {

    private static final Duration ARRIVE_WITHIN = Duration.ofSeconds(60);
    private static final String RATES = "USD=1.0850,GBP=0.8320,JPY=171.25,KWD=0.3340,CHF=0.9410";
    private static final List<String> TYPES =
            List.of(
                    "order.created",
                    "order.renewed",
                    "order.refunded",
                    "order.disputed",
                    "subscription.created",
                    "subscription.updated");

    private final int port = Loopback.known(0);
    private final Path directory;
    private final HttpServer partner;
    private final List<JsonNode> told = new CopyOnWriteArrayList<>();
    private final Http http = new Http();
    private final Inbox inbox = Inbox.start(0);
    private volatile Duration ahead = Duration.ZERO;
    private final Clock clock =
            ((InstantSource) () -> Instant.now().plus(ahead)).withZone(ZoneOffset.UTC);
    private final StripeSandbox stripe = StripeSandbox.start(0, clock);
    private final String operatorKey = new KeptSecrets(Path.of("target")).operatorKey();
    private final HubApi hub = new HubApi(http, Loopback.url(port), operatorKey);
    private String statementEvery = "0";
    private @Nullable ConfigurableApplicationContext context;

    SandboxedHub() throws IOException {
        directory = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "hub-");
        partner = HttpServer.create(Loopback.at(0), 0);
        partner.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        partner.createContext(
                "/hook",
                exchange -> {
                    try (exchange) {
                        told.add(Json.MAPPER.readTree(exchange.getRequestBody().readAllBytes()));
                        exchange.sendResponseHeaders(200, -1);
                    }
                });
        partner.start();
    }

    StripeSandbox stripe() {
        return stripe;
    }

    /** Who sells at that Stripe for the partner of that slug. */
    SandboxShop shop(String slug) {
        return new SandboxShop(stripe, http, slug);
    }

    HubApi api() {
        return hub;
    }

    /** Where Stripe's events are awaited. */
    String webhookUrl() {
        return Loopback.url(port) + "/stripe/webhooks";
    }

    /** A page of the hub. */
    String url(String path) {
        return Loopback.url(port) + path;
    }

    /** Reads Stripe's balance transactions that often. */
    SandboxedHub readingStatements(String every) {
        statementEvery = every;
        return this;
    }

    SandboxedHub start(String stripeUrl, String secret, String catchUpEvery) {
        var place =
                new DemoHub.Place(
                        new Settings(directory, true, false, false),
                        port,
                        operatorKey,
                        stripeUrl,
                        stripe.apiKey(),
                        secret,
                        inbox.smtpPort());
        var settings = DemoHub.settings(place);
        settings.put("comptappart.stripe.catchupevery", catchUpEvery);
        settings.put("comptappart.stripe.statementevery", statementEvery);
        settings.put("comptappart.exchange.rates", RATES);
        var application = new SpringApplication(Hub.class);
        application.setRegisterShutdownHook(false);
        application.addInitializers(fresh ->
                ((GenericApplicationContext) fresh)
                        .registerBean(
                                "testClock",
                                Clock.class,
                                () -> clock,
                                bean -> bean.setPrimary(true)));
        var arguments = new ArrayList<String>();
        settings.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        context = application.run(arguments.toArray(String[]::new));
        return this;
    }

    SandboxedHub stop() {
        if (context != null) {
            context.close();
            context = null;
        }
        return this;
    }

    /** The partner whose slug the products name, with an endpoint. */
    void sellFor(String slug, String account) {
        var partner =
                HubApi.object()
                        .put("name", slug)
                        .put("slug", slug)
                        .put("contact_email", slug + "@demo.localhost");
        if (!account.isEmpty()) {
            partner.put("stripe_account", account);
        }
        hub.call("POST", "/v1/partners", partner);
        ObjectNode endpoint =
                HubApi.object()
                        .put("partner", slug)
                        .put("environment", "staging")
                        .put("url", Loopback.url(this.partner.getAddress().getPort()) + "/hook");
        var types = endpoint.putArray("event_types");
        TYPES.forEach(types::add);
        hub.call("POST", "/v1/webhook-endpoints", endpoint);
    }

    void ahead(Duration by) {
        ahead = ahead.plus(by);
    }

    JdbcClient jdbc() {
        return bean(JdbcClient.class);
    }

    <T> T bean(Class<T> type) {
        if (context == null) {
            throw new IllegalStateException("the hub is stopped");
        }
        return context.getBean(type);
    }

    List<String> broken() {
        if (context == null) {
            throw new IllegalStateException("the hub is stopped");
        }
        var broken = new ArrayList<String>();
        context.getBean(Ledger.class).verify().firstBreak().ifPresent(broken::add);
        context.getBean(Invariants.class).broken().forEach(each -> broken.add(each.toString()));
        return broken;
    }

    /** The FEC of this year, as it is downloaded: lines of fields. */
    List<String[]> books() {
        int year = LocalDate.now(ZoneId.of("Europe/Paris")).getYear();
        var asked =
                http.request(
                                Loopback.url(port)
                                        + "/v1/exports/fec?environment=staging&year="
                                        + year)
                        .header("Authorization", "Bearer " + operatorKey);
        var answer =
                http.send(
                        asked, HttpResponse.BodyHandlers.ofString(Charset.forName("ISO-8859-15")));
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.body());
        }
        return answer.body().lines().skip(1).map(line -> line.split("\t", -1)).toList();
    }

    /** What is there when all is read and told, once that is it or after a while. */
    List<String> things(List<String> expected) {
        eventually(this::things, expected::equals);
        eventually(this::owed, owed -> owed == 0);
        return things();
    }

    /** Events that are to be read, documents to be issued and notifications to be sent. */
    long owed() {
        return jdbc().sql(
                        """
                        select (select count(*) from stripe_event where state = 'pending')
                            + (select count(*) from invoice_request)
                            + (select count(*) from webhook_notification where state = 'pending')
                        """)
                .query(Long.class)
                .single();
    }

    /** Documents by kind and total, and notifications by what they say of money; sorted. */
    private List<String> things() {
        var things = new ArrayList<String>();
        for (JsonNode each : hub.get("/v1/invoices?limit=100").path("data")) {
            things.add(each.path("object").asString() + " " + each.path("total_amount"));
        }
        told.forEach(body -> things.add(phrase(body)));
        return things.stream().sorted().toList();
    }

    private static String phrase(JsonNode body) {
        var order = body.path("order");
        var words = new ArrayList<String>();
        words.add(body.path("event_type").asString());
        for (JsonNode product : order.path("products")) {
            words.add(product.path("quantity") + "×" + product.path("product_name").asString());
        }
        for (String name : List.of("billing_reason", "total_amount", "tax_amount")) {
            if (order.has(name)) {
                words.add(order.path(name).asString());
            }
        }
        for (var detail :
                List.of(
                        body.path("refund").path("amount"),
                        body.path("dispute").path("status"),
                        body.path("subscription").path("status"))) {
            if (!detail.isMissingNode()) {
                words.add(detail.asString());
            }
        }
        return String.join(" ", words);
    }

    static <T> T eventually(Supplier<T> look, Predicate<T> isRight) {
        long end = System.nanoTime() + ARRIVE_WITHIN.toNanos();
        T last = look.get();
        while (!isRight.test(last) && System.nanoTime() < end) {
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            last = look.get();
        }
        return last;
    }

    @Override
    public void close() {
        stop();
        partner.stop(0);
        stripe.close();
        inbox.close();
        http.close();
    }
}
