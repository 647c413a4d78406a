package com.comptappart.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Posts signed events over kept connections, again and again until each is answered 200. */
final class StripePoster {

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final List<Integer> nodes;
    private final String secret;
    private final Shop shop;
    private final Sightings sightings;
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger repeated = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    /**
     * @param nodes ports of the hub; each connection starts at the next, and leaves one that does
     *     not answer for the one after it
     */
    StripePoster(List<Integer> nodes, String secret, Shop shop, Sightings sightings) {
        this.nodes = List.copyOf(nodes);
        this.secret = secret;
        this.shop = shop;
        this.sightings = sightings;
    }

    /** Posts answered 200, repeats among them. */
    int accepted() {
        return accepted.get();
    }

    /** Posts that got no answer, as with a killed hub, and were made again. */
    int repeated() {
        return repeated.get();
    }

    /** Answers that were not 200. */
    int refused() {
        return refused.get();
    }

    /**
     * Starts posting these orders' events, in this order.
     *
     * @param perSecond 0 for as fast as the connections allow
     * @return the threads, which end when all are accepted
     */
    List<Thread> start(int[] orders, int connections, double perSecond) {
        var next = new AtomicInteger();
        long start = System.nanoTime();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < connections; i++) {
            int lane = i;
            threads.add(
                    Thread.ofPlatform()
                            .name("bench-poster-" + i)
                            .daemon()
                            .start(() -> postAll(lane, orders, next, start, perSecond)));
        }
        return threads;
    }

    void post(int[] orders, int connections, double perSecond) throws InterruptedException {
        for (Thread thread : start(orders, connections, perSecond)) {
            thread.join();
        }
    }

    private void postAll(int lane, int[] orders, AtomicInteger next, long start, double perSecond) {
        var hmac = new Hmac(secret.getBytes(StandardCharsets.UTF_8));
        try (var line = new NodeLine(nodes, lane)) {
            for (int i = next.getAndIncrement(); i < orders.length; i = next.getAndIncrement()) {
                long due = System.nanoTime();
                if (perSecond > 0) {
                    due = start + (long) (i * 1e9 / perSecond);
                    waitUntil(due);
                }
                postUntilAccepted(line, hmac, orders[i], due);
            }
        }
    }

    private void postUntilAccepted(NodeLine line, Hmac hmac, int n, long due) {
        byte[] body = shop.event(n);
        sightings.posted(n, due);
        while (true) {
            try {
                if (line.post("/stripe/webhooks", signature(hmac, body), body) == 200) {
                    sightings.accepted(n, System.nanoTime());
                    accepted.incrementAndGet();
                    return;
                }
                refused.incrementAndGet();
            } catch (IOException e) {
                repeated.incrementAndGet();
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private static String signature(Hmac hmac, byte[] body) {
        long seconds = System.currentTimeMillis() / 1_000;
        return "Stripe-Signature: t="
                + seconds
                + ",v1="
                + HexFormat.of().formatHex(hmac.of(seconds + ".", body))
                + "\r\n";
    }

    private static void waitUntil(long nanos) {
        long left = nanos - System.nanoTime();
        while (left > 0) {
            LockSupport.parkNanos(left);
            left = nanos - System.nanoTime();
        }
    }
}
