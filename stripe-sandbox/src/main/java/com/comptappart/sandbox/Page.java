package com.comptappart.sandbox;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/**
 * Cursor pagination: limit 1 to 100, ten unless asked, in the order of the list whichever way it is
 * walked.
 */
final class Page {

    private static final int DEFAULT_LIMIT = 10;
    private static final int MOST = 100;

    private Page() {}

    static ObjectNode of(Call call, List<ObjectNode> all) {
        Params params = call.params();
        int limit = limit(params);
        Optional<String> after = params.filled("starting_after");
        Optional<String> before = params.filled("ending_before");
        if (after.isPresent() && before.isPresent()) {
            throw Refusal.of(
                    null, null, "You may only specify one of starting_after and ending_before.");
        }
        if (before.isPresent()) {
            int end = position(all, before.get(), "ending_before");
            int start = Math.max(0, end - limit);
            return list(call.path(), all.subList(start, end), start > 0);
        }
        int start = after.map(id -> position(all, id, "starting_after") + 1).orElse(0);
        int end = Math.min(all.size(), start + limit);
        return list(call.path(), all.subList(start, end), end < all.size());
    }

    static ObjectNode list(String url, List<ObjectNode> items, boolean hasMore) {
        var list = Json.object();
        list.put("object", "list");
        list.set("data", Json.array().addAll(items));
        list.put("has_more", hasMore);
        list.put("url", url);
        return list;
    }

    /** The filter {@code created}: a second, or a range of them. */
    static Predicate<ObjectNode> created(Params params) {
        if (!params.isNested("created")) {
            OptionalLong exactly = params.integer("created");
            return exactly.isEmpty()
                    ? object -> true
                    : object -> object.path("created").asLong() == exactly.getAsLong();
        }
        Params range = params.child("created").orElseThrow();
        OptionalLong gt = range.integer("gt");
        OptionalLong gte = range.integer("gte");
        OptionalLong lt = range.integer("lt");
        OptionalLong lte = range.integer("lte");
        LongPredicate inside =
                at ->
                        at > gt.orElse(Long.MIN_VALUE)
                                && at >= gte.orElse(Long.MIN_VALUE)
                                && at < lt.orElse(Long.MAX_VALUE)
                                && at <= lte.orElse(Long.MAX_VALUE);
        return object -> inside.test(object.path("created").asLong());
    }

    /** A filter on one text field, which lets all pass when it isn't asked for. */
    static Predicate<ObjectNode> equal(Params params, String name) {
        Optional<String> wanted = params.filled(name);
        return object -> wanted.isEmpty() || wanted.get().equals(object.path(name).asString());
    }

    private static int limit(Params params) {
        long limit = params.integer("limit").orElse(DEFAULT_LIMIT);
        if (limit < 1 || limit > MOST) {
            throw Refusal.of(
                    "parameter_invalid_integer",
                    "limit",
                    "This value must be between 1 and %d (it currently is '%d')."
                            .formatted(MOST, limit));
        }
        return (int) limit;
    }

    private static int position(List<ObjectNode> all, String id, String param) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).path("id").asString().equals(id)) {
                return i;
            }
        }
        throw Refusal.of("resource_missing", param, "No such object: '%s'".formatted(id));
    }
}
