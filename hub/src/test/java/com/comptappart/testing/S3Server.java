package com.comptappart.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Adobe's S3Mock as a process of its own, with one bucket, and the AWS SDK pointed at it. */
public final class S3Server implements AutoCloseable {

    public static final String BUCKET = "factures";
    private static final Map<String, String> SDK =
            Map.of(
                    "aws.accessKeyId", "test",
                    "aws.secretAccessKey", "test",
                    "aws.region", "eu-west-3");

    private final Process process;
    private final String url;

    private S3Server(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    public static S3Server start() throws IOException {
        int port = freePort();
        Path home = Files.createDirectories(Path.of("target", "s3mock"));
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-jar",
                                home.resolve("s3mock.jar").toString(),
                                "--server.port=0",
                                "--com.adobe.testing.s3mock.http-port=" + port,
                                "--com.adobe.testing.s3mock.store.initial-buckets=" + BUCKET)
                        .redirectErrorStream(true)
                        .redirectOutput(home.resolve("s3mock.log").toFile())
                        .start();
        var server = new S3Server(process, "http://127.0.0.1:" + port);
        SDK.forEach(System::setProperty);
        System.setProperty("aws.endpointUrlS3", server.url);
        HubForTests.eventually(server::isUp, up -> up, Duration.ofSeconds(60));
        return server;
    }

    /** Sends a request to an object, as the bucket's owner could. */
    public HttpResponse<byte[]> object(String method, String key) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(url + "/" + BUCKET + "/" + key))
                                    .method(method, HttpRequest.BodyPublishers.noBody())
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        SDK.keySet().forEach(System::clearProperty);
        System.clearProperty("aws.endpointUrlS3");
        process.destroy();
    }

    private boolean isUp() {
        try {
            return object("GET", "").statusCode() == 200;
        } catch (IllegalStateException e) {
            if (!process.isAlive()) {
                throw new AssertionError("S3Mock ended; see target/s3mock/s3mock.log", e);
            }
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
