package com.comptappart.webhook;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Times one call. The parts of the HTTP client that resolve, connect and read find the one of their
 * call in {@link #OF_CALL}: they run on the call's own thread.
 */
final class Stopwatch {

    static final ScopedValue<Stopwatch> OF_CALL = ScopedValue.newInstance();

    private static final int FIRST_BYTES = 64;

    /** What a call is doing, in its order; a kept connection begins with ANSWER. */
    enum Phase {
        RESOLVE,
        CONNECT,
        TLS,
        ANSWER,
        BODY
    }

    private final long start = System.nanoTime();
    private final Map<Phase, Long> spentNanos = new EnumMap<>(Phase.class);
    private long since = start;
    private Phase phase = Phase.ANSWER;
    private String addresses = "";
    private boolean connected;
    private boolean newConnectionWanted;
    private boolean requestSent;
    private final ByteArrayOutputStream firstBytes = new ByteArrayOutputStream();

    /** Tells the call of this thread, where it is timed, what it does from now on. */
    static void now(Phase next) {
        if (OF_CALL.isBound()) {
            OF_CALL.get().enter(next);
        }
    }

    /** Tells the call of this thread, where it is timed, what its host's name led to. */
    static void resolvedTo(InetAddress[] found) {
        if (OF_CALL.isBound()) {
            OF_CALL.get().addresses =
                    Arrays.stream(found)
                            .map(InetAddress::getHostAddress)
                            .collect(Collectors.joining(", "));
        }
    }

    /** Whether the call of this thread may use no kept connection. */
    static boolean isNewConnectionWanted() {
        return OF_CALL.isBound() && OF_CALL.get().newConnectionWanted;
    }

    /** Tells the call of this thread, where it is timed, that its request is being written. */
    static void requestSent() {
        if (OF_CALL.isBound()) {
            OF_CALL.get().requestSent = true;
        }
    }

    /** Tells the call of this thread, where it is timed, what the beginning of its answer is. */
    static void came(byte[] bytes, int from, int length) {
        if (OF_CALL.isBound()) {
            var watch = OF_CALL.get();
            if (watch.phase != Phase.BODY) {
                watch.enter(Phase.BODY);
            }
            int room = FIRST_BYTES - watch.firstBytes.size();
            watch.firstBytes.write(bytes, from, Math.min(room, length));
        }
    }

    /** Whether the request, or a part of it, was written to a connection. */
    boolean isRequestSent() {
        return requestSent;
    }

    /** The beginning of what came as an answer, a byte to a letter; empty while none came. */
    String firstBytes() {
        return firstBytes.toString(StandardCharsets.ISO_8859_1);
    }

    void wantNewConnection() {
        newConnectionWanted = true;
    }

    void enter(Phase next) {
        long now = System.nanoTime();
        spentNanos.merge(phase, now - since, Long::sum);
        since = now;
        phase = next;
        connected |= next == Phase.CONNECT;
    }

    /** Whether the request was being written to a connection that an earlier call had left open. */
    boolean usesKeptConnection() {
        return phase == Phase.ANSWER && !connected;
    }

    Phase phase() {
        return phase;
    }

    /** The addresses that the name led to, while none of them is connected to. */
    String addresses() {
        return addresses;
    }

    CallTimes stop() {
        enter(phase);
        return new CallTimes(
                spent(Phase.RESOLVE),
                spent(Phase.CONNECT),
                spent(Phase.TLS),
                firstBytes.size() == 0 ? null : spent(Phase.ANSWER),
                Duration.ofNanos(since - start));
    }

    private Duration spent(Phase of) {
        return Duration.ofNanos(spentNanos.getOrDefault(of, 0L));
    }
}
