package com.comptappart.bench;

import java.util.BitSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.zip.CRC32C;

/**
 * When each order was posted, and when and how often its mail and its notification came out. Times
 * are {@link System#nanoTime()}. What comes out is written by the one thread of {@link Doors}.
 */
final class Sightings {

    /** Ends of one order's chain that broke a promise. */
    record Faults(
            int unknownMails,
            int mailsUnderAnotherId,
            int mailsWithOtherBytes,
            int unknownNotifications,
            int notificationsUnderAnotherId,
            int notificationsWithAnotherBody,
            int wrongSignatures) {

        /** A repeated mail whose bytes differ is told, but its Message-ID is what is promised. */
        boolean none() {
            return unknownMails
                            + mailsUnderAnotherId
                            + unknownNotifications
                            + notificationsUnderAnotherId
                            + notificationsWithAnotherBody
                            + wrongSignatures
                    == 0;
        }
    }

    private final int orders;
    private final AtomicLongArray postedAt;
    private final AtomicLongArray acceptedAt;
    private final AtomicLongArray notifiedAt;
    private final AtomicLongArray mailedAt;
    private final String[] messageIds;
    private final int[] messageSums;
    private final String[] webhookIds;
    private final int[] bodySums;
    private final CRC32C sum = new CRC32C();

    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger complete = new AtomicInteger();
    private final AtomicInteger mails = new AtomicInteger();
    private final AtomicInteger alerts = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger notifications = new AtomicInteger();
    private final AtomicInteger stripeCalls = new AtomicInteger();
    private final AtomicInteger signatures = new AtomicInteger();
    private final AtomicLong mailBytes = new AtomicLong();
    private final AtomicInteger unknownMails = new AtomicInteger();
    private final AtomicInteger otherMessageIds = new AtomicInteger();
    private final AtomicInteger otherMessages = new AtomicInteger();
    private final AtomicInteger unknownNotifications = new AtomicInteger();
    private final AtomicInteger otherWebhookIds = new AtomicInteger();
    private final AtomicInteger otherBodies = new AtomicInteger();
    private final AtomicInteger wrongSignatures = new AtomicInteger();

    Sightings(int orders) {
        this.orders = orders;
        postedAt = new AtomicLongArray(orders);
        acceptedAt = new AtomicLongArray(orders);
        notifiedAt = new AtomicLongArray(orders);
        mailedAt = new AtomicLongArray(orders);
        messageIds = new String[orders];
        messageSums = new int[orders];
        webhookIds = new String[orders];
        bodySums = new int[orders];
    }

    /** The first time that an event is sent, or was due to be. */
    void posted(int n, long nanos) {
        postedAt.compareAndSet(n, 0, nanos);
    }

    void accepted(int n, long nanos) {
        if (acceptedAt.compareAndSet(n, 0, nanos)) {
            accepted.incrementAndGet();
        }
    }

    void stripeAsked() {
        stripeCalls.incrementAndGet();
    }

    /** A mail to a partner about its endpoint. */
    void alerted() {
        alerts.incrementAndGet();
    }

    int alerts() {
        return alerts.get();
    }

    void mailed(int n, String messageId, int checksum, long bytes) {
        mails.incrementAndGet();
        mailBytes.addAndGet(bytes);
        if (n < 0 || n >= orders || messageId.isEmpty()) {
            unknownMails.incrementAndGet();
            return;
        }
        if (mailedAt.get(n) == 0) {
            messageIds[n] = messageId;
            messageSums[n] = checksum;
            mailedAt.set(n, System.nanoTime());
            completeIf(notifiedAt.get(n) != 0);
            return;
        }
        if (!messageId.equals(messageIds[n])) {
            otherMessageIds.incrementAndGet();
            return;
        }
        if (checksum != messageSums[n]) {
            otherMessages.incrementAndGet();
        }
    }

    /**
     * @param accepted whether the partner answers 200
     * @return how many calls came until now
     */
    int noticed(int n, String webhookId, byte[] body, boolean accepted) {
        int seen = calls.incrementAndGet();
        if (accepted) {
            notifications.incrementAndGet();
        }
        if (n < 0 || n >= orders || webhookId.isEmpty()) {
            unknownNotifications.incrementAndGet();
            return seen;
        }
        sum.reset();
        sum.update(body);
        int checksum = (int) sum.getValue();
        if (webhookIds[n] == null) {
            webhookIds[n] = webhookId;
            bodySums[n] = checksum;
        }
        if (!webhookId.equals(webhookIds[n])) {
            otherWebhookIds.incrementAndGet();
        }
        if (checksum != bodySums[n]) {
            otherBodies.incrementAndGet();
        }
        if (accepted && notifiedAt.get(n) == 0) {
            notifiedAt.set(n, System.nanoTime());
            completeIf(mailedAt.get(n) != 0);
        }
        return seen;
    }

    void signature(boolean right) {
        signatures.incrementAndGet();
        if (!right) {
            wrongSignatures.incrementAndGet();
        }
    }

    private void completeIf(boolean both) {
        if (both) {
            complete.incrementAndGet();
        }
    }

    int accepted() {
        return accepted.get();
    }

    /** Orders whose mail and notification both came out. */
    int complete() {
        return complete.get();
    }

    int mails() {
        return mails.get();
    }

    /** Calls that partners got, those among them that they did not accept. */
    int calls() {
        return calls.get();
    }

    int refusals() {
        return calls.get() - notifications.get();
    }

    int notifications() {
        return notifications.get();
    }

    int stripeCalls() {
        return stripeCalls.get();
    }

    int signatures() {
        return signatures.get();
    }

    long mailBytes() {
        return mailBytes.get();
    }

    int mailedOrders() {
        return count(mailedAt);
    }

    int notifiedOrders() {
        return count(notifiedAt);
    }

    Faults faults() {
        return new Faults(
                unknownMails.get(),
                otherMessageIds.get(),
                otherMessages.get(),
                unknownNotifications.get(),
                otherWebhookIds.get(),
                otherBodies.get(),
                wrongSignatures.get());
    }

    /** From the POST of an event to the first POST to its partner. */
    Latencies toPartner(int from, int to) {
        return Latencies.of(from, to, n -> micros(notifiedAt, n));
    }

    /** From the POST of an event to the mail server's 250. */
    Latencies toMail(int from, int to) {
        return Latencies.of(from, to, n -> micros(mailedAt, n));
    }

    /** From the POST of an event to our 200 to Stripe. */
    Latencies toAnswer(int from, int to) {
        return Latencies.of(from, to, n -> micros(acceptedAt, n));
    }

    long firstPost(int from, int to) {
        long first = Long.MAX_VALUE;
        for (int n = from; n < to; n++) {
            first = Math.min(first, postedAt.get(n));
        }
        return first;
    }

    /** When the last order of these was through. */
    long lastEnd(int from, int to) {
        long last = 0;
        for (int n = from; n < to; n++) {
            last = Math.max(last, Math.max(mailedAt.get(n), notifiedAt.get(n)));
        }
        return last;
    }

    long lastAccepted(int from, int to) {
        long last = 0;
        for (int n = from; n < to; n++) {
            last = Math.max(last, acceptedAt.get(n));
        }
        return last;
    }

    /** How many of these orders were not through at that time. */
    int waitingAt(long nanos, int from, int to) {
        int waiting = 0;
        for (int n = from; n < to; n++) {
            if (mailedAt.get(n) > nanos || notifiedAt.get(n) > nanos) {
                waiting++;
            }
        }
        return waiting;
    }

    /** The first orders that miss an end, for a human to look at. */
    String missing(int most) {
        var missing = new BitSet(orders);
        for (int n = 0; n < orders; n++) {
            missing.set(n, mailedAt.get(n) == 0 || notifiedAt.get(n) == 0);
        }
        return missing.stream()
                .limit(most)
                .mapToObj(n ->
                        "evt_bench"
                                + n
                                + (mailedAt.get(n) == 0 ? " no mail" : "")
                                + (notifiedAt.get(n) == 0 ? " no notification" : ""))
                .collect(java.util.stream.Collectors.joining(", "));
    }

    private int micros(AtomicLongArray end, int n) {
        long at = end.get(n);
        return at == 0 ? -1 : (int) Math.min(Integer.MAX_VALUE, (at - postedAt.get(n)) / 1_000);
    }

    private static int count(AtomicLongArray times) {
        int count = 0;
        for (int n = 0; n < times.length(); n++) {
            if (times.get(n) != 0) {
                count++;
            }
        }
        return count;
    }
}
