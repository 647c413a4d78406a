package com.comptappart.bench;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** When each notification first came to a partner, by its {@code webhook-id}. */
final class Arrivals {

    private final Map<String, Long> at = new ConcurrentHashMap<>();
    private final AtomicInteger repeated = new AtomicInteger();

    private void came(String id) {
        if (at.putIfAbsent(id, System.nanoTime()) != null) {
            repeated.incrementAndGet();
        }
    }

    int count() {
        return at.size();
    }

    /** Calls that came again, which a run without faults has none of. */
    int repeated() {
        return repeated.get();
    }

    @Nullable Long at(String id) {
        return at.get(id);
    }

    /** A partner that takes everything at once. */
    HttpConversation healthy() {
        return new HttpConversation() {
            private static final byte[] OK = response("200 OK", new byte[0]);

            @Override
            void answer(Head head, byte[] body, ByteBuffer out) {
                out.put(OK);
                String id = head.header("webhook-id");
                came(id == null ? "" : id);
            }
        };
    }

    /** A partner that never answers. */
    static Conversation hanging() {
        return (in, out) -> {
            in.position(in.limit());
            return true;
        };
    }
}
