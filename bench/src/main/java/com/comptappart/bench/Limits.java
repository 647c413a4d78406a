package com.comptappart.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the parts can do at most, alone, in the same run and over as many connections.
 *
 * @param insertsPerSecond event rows with a commit each
 * @param batchedInsertsPerSecond event rows, a hundred in a commit
 * @param receiverPerSecond posts from the load generator straight to the partner receiver
 */
record Limits(
        double insertsPerSecond,
        double batchedInsertsPerSecond,
        double receiverPerSecond,
        double load) {

    private static final int BATCH = 100;
    private static final Duration WARM_UP = Duration.ofSeconds(1);
    private static final Duration MEASURE = Duration.ofSeconds(3);

    static Limits measure(Stage stage, int connections) throws InterruptedException {
        var database = stage.database();
        double single = database.insertsPerSecond(connections, 1, stage.shop());
        double batched = database.insertsPerSecond(connections, BATCH, stage.shop());
        double receiver = receiver(stage.partnerPort(), connections);
        return new Limits(single, batched, receiver, Machine.load());
    }

    static double receiver(int port, int connections) throws InterruptedException {
        var done = new AtomicLong();
        long end = System.nanoTime() + WARM_UP.plus(MEASURE).toNanos();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < connections; i++) {
            threads.add(Thread.ofPlatform().start(() -> postUntil(end, port, done)));
        }
        Thread.sleep(WARM_UP);
        long before = done.get();
        long start = System.nanoTime();
        for (Thread thread : threads) {
            thread.join();
        }
        return (done.get() - before) * 1e9 / (System.nanoTime() - start);
    }

    private static void postUntil(long end, int port, AtomicLong done) {
        // As big as a notification with its headers.
        byte[] body = "x".repeat(1_400).getBytes(StandardCharsets.UTF_8);
        String headers =
                "User-Agent: bench\r\nwebhook-id: msg_limit\r\nwebhook-timestamp: 1\r\nwebhook-signature: v1,"
                        + "x".repeat(44)
                        + "\r\n";
        try (var line = new HttpLine(port)) {
            while (System.nanoTime() < end) {
                line.post(PartnerReceiver.LIMIT_PATH, headers, body);
                done.incrementAndGet();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
