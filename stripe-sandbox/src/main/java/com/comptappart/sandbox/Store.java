package com.comptappart.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything the sandbox knows, in memory, oldest first. One lock covers a whole request, so that
 * an object, its event and the idempotent answer are one step.
 */
final class Store {

    private static final int MOST_OBJECTS_OF_A_KIND = 100_000;

    private final Map<Kind, SequencedMap<String, ObjectNode>> objects = new EnumMap<>(Kind.class);
    private final Map<String, List<ObjectNode>> lineItems = new LinkedHashMap<>();
    private final Map<String, ObjectNode> paymentIntentData = new LinkedHashMap<>();
    private final Map<String, String> returnUrls = new LinkedHashMap<>();
    private final Map<String, JsonNode> asides =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, JsonNode> eldest) {
                    return size() > 2 * MOST_OBJECTS_OF_A_KIND;
                }
            };
    private final ReentrantLock lock = new ReentrantLock();
    private final Clock clock;
    private volatile Duration ahead = Duration.ZERO;
    private OptionalLong played = OptionalLong.empty();

    Store(Clock clock) {
        this.clock = clock;
        for (Kind kind : Kind.values()) {
            objects.put(kind, new LinkedHashMap<>());
        }
    }

    <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The second that is played now: that of a test clock or of work whose time has come, else the
     * sandbox's own.
     */
    long now() {
        return lock.isHeldByCurrentThread() && played.isPresent()
                ? played.getAsLong()
                : clock.instant().plus(ahead).getEpochSecond();
    }

    /** The second on the clock that was handed in, however far the sandbox was moved ahead. */
    long clockSecond() {
        return clock.instant().getEpochSecond();
    }

    /** Does work as if it were another moment; only under the lock. */
    <T> T at(long second, Supplier<T> work) {
        OptionalLong before = played;
        played = OptionalLong.of(second);
        try {
            return work.get();
        } finally {
            played = before;
        }
    }

    boolean isPlayingAMoment() {
        return played.isPresent();
    }

    void moveAhead(Duration by) {
        ahead = ahead.plus(by);
    }

    Optional<ObjectNode> find(Kind kind, String id) {
        return Optional.ofNullable(of(kind).get(id));
    }

    ObjectNode get(Kind kind, String id) {
        return find(kind, id).orElseThrow(() -> Refusal.noSuch(kind, id));
    }

    /**
     * What a parameter refers to: a reference that leads nowhere is the caller's mistake, not a
     * missing page.
     */
    ObjectNode referred(Kind kind, String id, String param) {
        return find(kind, id).orElseThrow(() -> Refusal.noSuchParam(kind, id, param));
    }

    ObjectNode put(Kind kind, ObjectNode object) {
        var kept = of(kind);
        if (kept.size() >= MOST_OBJECTS_OF_A_KIND) {
            forget(kept.firstEntry().getKey(), kept);
        }
        kept.put(object.path("id").asString(), object);
        return object;
    }

    private void forget(String oldest, SequencedMap<String, ObjectNode> kept) {
        kept.remove(oldest);
        lineItems.remove(oldest);
        paymentIntentData.remove(oldest);
        returnUrls.remove(oldest);
    }

    void remove(Kind kind, String id) {
        of(kind).remove(id);
    }

    List<ObjectNode> newestFirst(Kind kind) {
        return new ArrayList<>(of(kind).sequencedValues().reversed());
    }

    int count(Kind kind) {
        return of(kind).size();
    }

    void putLineItems(String session, List<ObjectNode> items) {
        lineItems.put(session, List.copyOf(items));
    }

    List<ObjectNode> lineItems(String session) {
        return lineItems.getOrDefault(session, List.of());
    }

    void putPaymentIntentData(String session, ObjectNode data) {
        paymentIntentData.put(session, data);
    }

    ObjectNode paymentIntentData(String session) {
        return paymentIntentData.getOrDefault(session, Json.object());
    }

    void putReturnUrl(String intent, String url) {
        returnUrls.put(intent, url);
    }

    /** Where the buyer goes on after 3-D Secure, empty when nobody said. */
    String returnUrl(String intent) {
        return returnUrls.getOrDefault(intent, "");
    }

    List<ObjectNode> refundsOf(String charge) {
        return newestFirst(Kind.REFUND).stream()
                .filter(refund -> refund.path("charge").asString().equals(charge))
                .toList();
    }

    /** Keeps what belongs to an object and is shown only to those who ask for it. */
    void putAside(String id, String name, JsonNode value) {
        asides.put(id + " " + name, value);
    }

    JsonNode aside(String id, String name) {
        return asides.getOrDefault(id + " " + name, MissingNode.getInstance());
    }

    private SequencedMap<String, ObjectNode> of(Kind kind) {
        var kept = objects.get(kind);
        if (kept == null) {
            throw new IllegalStateException("no place for " + kind);
        }
        return kept;
    }
}
