package com.comptappart.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The hub in a process of its own, so that it can be killed or frozen; with PostgreSQL of its own
 * unless it is given another.
 */
public final class ChildHub implements AutoCloseable {

    private static final Duration START_WITHIN = Duration.ofSeconds(90);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Path home;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final int port;
    private Process process;
    private boolean frozen;

    public ChildHub(Path home) throws IOException {
        this.home = Files.createDirectories(home);
        this.port = freePort();
        with("SERVER_PORT", Integer.toString(port));
        with("COMPTAPPART_DATA_DIR", home.resolve("data").toAbsolutePath().toString());
        with("COMPTAPPART_OPERATOR_KEY", HubForTests.OPERATOR_KEY);
        with("COMPTAPPART_WEBHOOK_ALLOWEDNETWORKS", "127.0.0.0/8");
    }

    public ChildHub with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    public String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    public ChildHub start() throws IOException, InterruptedException {
        return begin().ready();
    }

    /** Starts it without waiting for it; several begin together. */
    public ChildHub begin() throws IOException {
        String classPath =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        var builder =
                new ProcessBuilder(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx512m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                classPath,
                                "com.comptappart.Hub"));
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("hub.log").toFile()));
        var begun = builder.start();
        // Whatever ends the tests ends it: a frozen process would be there for ever.
        Runtime.getRuntime().addShutdownHook(new Thread(begun::destroyForcibly));
        process = begun;
        frozen = false;
        return this;
    }

    public ChildHub ready() throws IOException, InterruptedException {
        long end = System.nanoTime() + START_WITHIN.toNanos();
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException(
                        "the hub did not start:\n" + Files.readString(home.resolve("hub.log")));
            }
            Thread.sleep(100);
        }
        return this;
    }

    /** SIGSTOP: it does nothing any more and keeps all that it has, its connections too. */
    public void freeze() throws IOException, InterruptedException {
        frozen = true;
        signal("-STOP");
    }

    /** SIGCONT: it goes on as if no time had passed. */
    public void wake() throws IOException, InterruptedException {
        signal("-CONT");
        frozen = false;
    }

    private void signal(String name) throws IOException, InterruptedException {
        var sent = new ProcessBuilder("kill", name, Long.toString(process.pid())).start();
        if (sent.waitFor() != 0) {
            throw new IllegalStateException("the hub could not be told " + name);
        }
    }

    /** Posts a live event as Stripe would, signed now; the status that it is answered. */
    public int stripeEvent(String event) throws IOException, InterruptedException {
        return stripeEvent(event, HubForTests.LIVE_STRIPE_SECRET);
    }

    /** Posts an event under that mode's secret. */
    public int stripeEvent(String event, String secret) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(url("/stripe/webhooks")))
                        .timeout(Duration.ofSeconds(10))
                        .header(
                                "Stripe-Signature",
                                HubForTests.signature(event, secret, Instant.now()))
                        .POST(HttpRequest.BodyPublishers.ofString(event))
                        .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    /** What the operator gets for it. */
    public JsonNode post(String path, String json) {
        return asked(
                HttpRequest.newBuilder(URI.create(url(path)))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    public JsonNode get(String path) {
        return asked(HttpRequest.newBuilder(URI.create(url(path))));
    }

    /** A list, page by page to its end. */
    public List<JsonNode> all(String path) {
        var found = new ArrayList<JsonNode>();
        String cursor = "";
        do {
            var page = get(path + (cursor.isEmpty() ? "" : "&after=" + cursor));
            page.path("data").forEach(found::add);
            cursor = page.path("next_cursor").asString("");
        } while (!cursor.isEmpty());
        return found;
    }

    private static JsonNode asked(HttpRequest.Builder request) {
        var answer =
                HubForTests.send(
                        request.timeout(Duration.ofSeconds(20))
                                .header("Authorization", "Bearer " + HubForTests.OPERATOR_KEY));
        if (answer.statusCode() > 299) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
        return JsonMapper.builder().build().readTree(answer.body());
    }

    /** A partner's endpoint of that environment; returns the endpoint's id. */
    public String subscribe(String slug, String environment, PartnerReceiver receiver) {
        var partner =
                post(
                        "/v1/partners",
                        "{\"name\":\"Acme\",\"slug\":\""
                                + slug
                                + "\",\"contact_email\":\"tech@acme.example\"}");
        return post(
                        "/v1/webhook-endpoints",
                        "{\"partner\":\""
                                + partner.path("id").asString()
                                + "\",\"environment\":\""
                                + environment
                                + "\",\"url\":\""
                                + receiver.url("/hook")
                                + "\"}")
                .path("id")
                .asString();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL: nothing is flushed, nothing is said; its PostgreSQL stays behind as an orphan. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGKILL to its PostgreSQL, which the hub starts again. */
    public void killDatabase() throws IOException {
        Path pidFile = home.resolve("data/postgres/cluster/postmaster.pid");
        String pid = Files.readAllLines(pidFile).getFirst().strip();
        ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
    }

    /** As a test leaves it that failed; no other signal reaches it. */
    public void killIfFrozen() throws InterruptedException {
        if (frozen) {
            kill();
        }
    }

    @Override
    public void close() throws InterruptedException {
        if (process == null || !process.isAlive()) {
            return;
        }
        killIfFrozen();
        process.destroy();
        if (!process.waitFor(30, java.util.concurrent.TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private boolean isReady() throws InterruptedException {
        try {
            var request =
                    HttpRequest.newBuilder(URI.create(url("/actuator/health/readiness")))
                            .timeout(Duration.ofSeconds(2))
                            .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
