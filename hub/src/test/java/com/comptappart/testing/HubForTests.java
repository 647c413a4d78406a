package com.comptappart.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.Hub;
import com.comptappart.Invariants;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The whole hub on a free port with a real database, driven from outside. Say the settings, then
 * start; stop and start again keeps the database, as a restart does.
 */
public final class HubForTests implements AutoCloseable {

    public static final String STRIPE_SECRET = "whsec_staging_for_tests";
    public static final String LIVE_STRIPE_SECRET = "whsec_production_for_tests";
    public static final String OPERATOR_KEY = "ca_operator_fortestsfortestsfortests";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    /** Each hub keeps its documents for itself: classes of tests run beside each other. */
    private static final AtomicInteger HUBS = new AtomicInteger();

    private final Map<String, String> settings = new LinkedHashMap<>();
    private ConfigurableApplicationContext context;
    private String operatorKey = OPERATOR_KEY;
    private boolean asksInvariants = true;
    private Clock clock = Clock.systemUTC();

    public HubForTests() {
        settings.put("server.port", "0");
        settings.put("spring.datasource.url", DatabaseForTests.create());
        settings.put("spring.datasource.username", DatabaseForTests.user());
        settings.put("spring.datasource.password", DatabaseForTests.password());
        settings.put("spring.datasource.hikari.maximum-pool-size", "12");
        settings.put("comptappart.master-key", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
        settings.put("comptappart.operator-key", OPERATOR_KEY);
        settings.put("comptappart.data-dir", "target/hub-data/" + HUBS.incrementAndGet());
        settings.put("comptappart.stripe.staging.webhooksecrets", STRIPE_SECRET);
        settings.put("comptappart.seller.invoiceprefix", "FQCA");
        settings.put("comptappart.seller.creditnoteprefix", "AQCA");
        settings.put("comptappart.webhook.allowednetworks", "127.0.0.0/8");
        // Asked for where a test is about it: tests count the calls that Stripe gets.
        settings.put("comptappart.stripe.catchupevery", "0");
        settings.put("comptappart.stripe.statementevery", "0");
        settings.put("logging.level.root", "WARN");
    }

    public HubForTests with(String property, String value) {
        settings.put(property, value);
        return this;
    }

    /** Asks that Stripe, in test mode. */
    public HubForTests asking(StripeStub stripe) {
        return with("comptappart.stripe.apibase", stripe.url())
                .with("comptappart.stripe.staging.apikey", "sk_test_x");
    }

    /** Lives by that clock. */
    public HubForTests at(InstantSource given) {
        clock = given.withZone(ZoneOffset.UTC);
        return this;
    }

    /** A second hub, not started, on the same database. */
    public HubForTests twin() {
        var twin = new HubForTests();
        twin.settings.putAll(settings);
        twin.clock = clock;
        return twin;
    }

    /** Live mode too, with a whole seller. */
    public HubForTests withProduction() {
        return with("comptappart.stripe.production.webhooksecrets", LIVE_STRIPE_SECRET)
                .with("comptappart.seller.name", "ComptAppart")
                .with("comptappart.seller.legalform", "SAS")
                .with("comptappart.seller.capital", "10 000 €")
                .with("comptappart.seller.address.line1", "12 rue des Écoles")
                .with("comptappart.seller.address.postalcode", "33000")
                .with("comptappart.seller.address.city", "Bordeaux")
                .with("comptappart.seller.siren", "123456782")
                .with("comptappart.seller.siret", "12345678200010")
                .with("comptappart.seller.rcs", "RCS Bordeaux 123 456 782")
                .with("comptappart.seller.vatnumber", "FR32123456782")
                .with("comptappart.exchange.rates", "JPY=171.25,KWD=0.3340");
    }

    public HubForTests start() {
        var application = new SpringApplication(Hub.class);
        application.addInitializers(fresh ->
                ((GenericApplicationContext) fresh)
                        .registerBean(
                                "testClock",
                                Clock.class,
                                () -> Clock.tick(clock, Duration.ofNanos(1_000)),
                                bean -> bean.setPrimary(true)));
        // Logging is the process's: two that set it up at once leave it broken.
        synchronized (HUBS) {
            context = application.run(arguments());
        }
        return this;
    }

    /** Its configuration as a command line. */
    public String[] arguments() {
        return settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
    }

    public HubForTests stop() {
        context.close();
        return this;
    }

    /** Does not ask for the invariants at the end: the test tells of orders that there are not. */
    public HubForTests withInventedOrders() {
        asksInvariants = false;
        return this;
    }

    /** Ends the hub; whatever the test did, the invariants must hold. */
    @Override
    public void close() {
        if (context == null) {
            return;
        }
        try {
            if (asksInvariants && context.isActive()) {
                assertThat(bean(Invariants.class).broken()).isEmpty();
            }
        } finally {
            context.close();
        }
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public JdbcClient jdbc() {
        return bean(JdbcClient.class);
    }

    public int port() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    public String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    public HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    /**
     * A file, byte for byte.
     *
     * @throws IOException where the connection breaks before its end
     */
    public HttpResponse<byte[]> getBytes(String path) throws IOException {
        try {
            return HTTP.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public HttpResponse<String> delete(String path) {
        return send(request(path).DELETE());
    }

    public HttpResponse<String> post(String path, String json) {
        return send(request(path).POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    public HttpResponse<String> patch(String path, String json) {
        return send(request(path).method("PATCH", HttpRequest.BodyPublishers.ofString(json)));
    }

    /** The hub as the holder of another key sees it. */
    public HubForTests as(String key) {
        var other = new HubForTests(this, key);
        return other;
    }

    private HubForTests(HubForTests same, String key) {
        settings.putAll(same.settings);
        context = same.context;
        operatorKey = key;
    }

    /** Posts an event as Stripe would, signed now with the staging secret. */
    public HttpResponse<String> stripeEvent(String json) {
        return stripeEvent(json, STRIPE_SECRET, Instant.now());
    }

    public HttpResponse<String> stripeEvent(String json, String secret, Instant at) {
        return send(
                HttpRequest.newBuilder(URI.create(url("/stripe/webhooks")))
                        .header("Content-Type", "application/json")
                        .header("Stripe-Signature", signature(json, secret, at))
                        .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    public static String signature(String body, String secret, Instant at) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            String signed = at.getEpochSecond() + "." + body;
            return "t="
                    + at.getEpochSecond()
                    + ",v1="
                    + HexFormat.of()
                            .formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(
                    request.timeout(Duration.ofSeconds(30)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url(path)))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + operatorKey);
    }

    /** Waits until something is there; fails with what it last was. */
    public static <T> T eventually(Supplier<T> look, java.util.function.Predicate<T> isRight) {
        return eventually(look, isRight, Duration.ofSeconds(20));
    }

    /** Waits until something is there, at most so long; fails with what it last was. */
    public static <T> T eventually(
            Supplier<T> look, java.util.function.Predicate<T> isRight, Duration within) {
        long end = System.nanoTime() + within.toNanos();
        T last = look.get();
        while (!isRight.test(last)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + within + "; last seen: " + last);
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            last = look.get();
        }
        return last;
    }

    /** Waits until a list has so many entries. */
    public static <T> List<T> eventually(Supplier<List<T>> look, int size) {
        return eventually(look, list -> list.size() >= size);
    }
}
