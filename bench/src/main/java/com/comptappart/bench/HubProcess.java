package com.comptappart.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The hub as a process of its own, which can be killed and started again on the same data. */
final class HubProcess implements AutoCloseable {

    private static final Duration START_WITHIN = Duration.ofMinutes(5);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(45);

    private final String name;
    private final Path jar;
    private final Path data;
    private final Map<String, String> environment;
    private final List<String> options;
    private final int port;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private @Nullable Process process;

    /**
     * @param data its data directory, with its database
     * @param environment what it is configured by, besides data directory and port
     * @param options of the JVM, besides those of the launcher
     */
    HubProcess(Path jar, Path data, Map<String, String> environment, List<String> options) {
        this("hub", jar, data, environment, options);
    }

    /** One node of several on the same data directory; its log has its name. */
    HubProcess(
            String name,
            Path jar,
            Path data,
            Map<String, String> environment,
            List<String> options) {
        this.name = name;
        this.jar = jar;
        this.data = data;
        this.environment = Map.copyOf(environment);
        this.options = List.copyOf(options);
        port = freePort();
    }

    int port() {
        return port;
    }

    long pid() {
        return running().pid();
    }

    Path data() {
        return data;
    }

    Path log() {
        return data.resolveSibling(name + ".log");
    }

    /** Starts it and waits until it is ready. */
    HubProcess start() throws InterruptedException {
        launch();
        return awaitReady();
    }

    /** Starts it, and does not wait. */
    void launch() {
        var command = command();
        command.addAll(options);
        command.addAll(List.of("-jar", jar.toString()));
        process = launch(command);
    }

    HubProcess awaitReady() throws InterruptedException {
        long end = System.nanoTime() + START_WITHIN.toNanos();
        while (!isReady()) {
            if (!running().isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("the hub did not start:\n" + lastWords());
            }
            Thread.sleep(50);
        }
        return this;
    }

    /** SIGKILL: nothing of it gets to run any more. */
    void kill() throws InterruptedException {
        running().destroyForcibly().waitFor();
    }

    /** SIGTERM, and its orderly end. */
    void stop() throws InterruptedException {
        var running = process;
        if (running == null || !running.isAlive()) {
            return;
        }
        running.destroy();
        if (!running.waitFor(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
            System.err.println("bench: the hub did not stop within " + STOP_WITHIN + ": killed");
            running.destroyForcibly().waitFor();
        }
    }

    void stopOrKill() {
        try {
            stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running().destroyForcibly();
        }
    }

    /** Runs {@code verify} on the same data; returns its exit status, its words go to the log. */
    int verify() throws InterruptedException {
        var command = command();
        command.addAll(List.of("-jar", jar.toString(), "verify"));
        return launch(command).waitFor();
    }

    @Override
    public void close() {
        stopOrKill();
        endDatabase();
    }

    /**
     * A killed hub leaves its PostgreSQL behind, for the next start that does not come any more.
     */
    private void endDatabase() {
        Path pidFile = data.resolve("postgres/cluster/postmaster.pid");
        try {
            if (Files.exists(pidFile)) {
                ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile).getFirst().strip()))
                        .ifPresent(ProcessHandle::destroy);
            }
        } catch (IOException e) {
            System.err.println("bench: PostgreSQL of " + data + " may still run: " + e);
        }
    }

    String lastWords() {
        try {
            var lines = Files.readAllLines(log());
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
        } catch (IOException e) {
            return "its log " + log() + " can't be read: " + e;
        }
    }

    /** As the launcher runs it. */
    private static List<String> command() {
        String heap = System.getenv().getOrDefault("COMPTAPPART_HEAP", "1g");
        return new ArrayList<>(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+UseParallelGC",
                        "-Xmx" + heap));
    }

    private Process launch(List<String> command) {
        var builder = new ProcessBuilder(command);
        // What the caller's shell configures is not what is measured.
        builder.environment()
                .keySet()
                .removeIf(name ->
                        name.startsWith("COMPTAPPART_")
                                || name.startsWith("SPRING_")
                                || name.startsWith("SERVER_"));
        builder.environment().putAll(environment);
        builder.environment().put("COMPTAPPART_DATA_DIR", data.toString());
        builder.environment().put("COMPTAPPART_PUBLIC_URL", "http://127.0.0.1:" + port);
        builder.environment().put("SERVER_PORT", Integer.toString(port));
        try {
            return builder.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isReady() throws InterruptedException {
        var health = URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness");
        try {
            return http.send(
                                    HttpRequest.newBuilder(health)
                                            .timeout(Duration.ofSeconds(2))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException("the hub was not started");
        }
        return process;
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
