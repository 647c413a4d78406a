package com.comptappart.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers that were given under an Idempotency-Key, given again when the same request comes again.
 */
final class Idempotency {

    private static final int MOST_KEPT = 10_000;
    private static final int LONGEST_KEY = 255;

    record Given(String request, String requestId, int status, String body) {}

    private final Map<String, Given> given =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Given> eldest) {
                    return size() > MOST_KEPT;
                }
            };

    Optional<Given> find(@Nullable String key, String request) {
        if (key == null) {
            return Optional.empty();
        }
        if (key.length() > LONGEST_KEY) {
            throw Refusal.of(
                    null,
                    null,
                    "The Idempotency-Key may have at most %d characters.".formatted(LONGEST_KEY));
        }
        Optional<Given> found = Optional.ofNullable(given.get(key));
        if (found.isPresent() && !found.get().request().equals(request)) {
            throw Refusal.otherUseOfIdempotencyKey(key);
        }
        return found;
    }

    void keep(@Nullable String key, Given answer) {
        if (key != null) {
            given.put(key, answer);
        }
    }
}
