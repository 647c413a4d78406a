package com.comptappart.webhook;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a batch of calls, in their order, tells of one endpoint.
 *
 * @param failing whether none of them was taken
 * @param answered whether the partner's server was there for one of them, even to refuse it
 * @param failures that it did not answer for itself after that
 * @param asked how long it asked to be left alone, null where it did not
 */
record Signs(
        Target target, boolean failing, boolean answered, int failures, @Nullable Duration asked) {

    private static final Set<Integer> OF_THE_WHOLE_SERVER = Set.of(429, 503);

    static Signs of(Target target) {
        return new Signs(target, true, false, 0, null);
    }

    Signs and(Answer answer, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Delivered _ -> new Signs(target, false, true, 0, asked);
            case Outcome.Refused _, Outcome.Gone _ -> new Signs(target, failing, true, 0, asked);
            case Outcome.Retried retried -> {
                var after = retried.retryAfter();
                if (after != null && OF_THE_WHOLE_SERVER.contains(answer.status())) {
                    yield new Signs(target, failing, answered, failures, longer(after));
                }
                yield new Signs(target, failing, answered, failures + 1, asked);
            }
        };
    }

    private Duration longer(Duration after) {
        return asked == null || asked.compareTo(after) < 0 ? after : asked;
    }
}
