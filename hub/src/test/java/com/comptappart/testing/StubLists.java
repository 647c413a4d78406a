package com.comptappart.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Lists of a Stripe of the tests: newest first, filtered and paged as Stripe does. */
public final class StubLists {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> NO_FILTERS =
            List.of("limit", "starting_after", "ending_before", "expand[]", "types[]");

    private final Map<String, List<ObjectNode>> lists = new ConcurrentHashMap<>();

    /** Adds the newest of a list; {@code account} is "" for the platform's own. */
    public StubLists add(String account, String path, JsonNode object) {
        lists.computeIfAbsent(account + path, _ -> new CopyOnWriteArrayList<>())
                .addFirst((ObjectNode) object);
        return this;
    }

    /** Lists that are there, although empty. */
    public StubLists know(String... paths) {
        for (String path : paths) {
            lists.computeIfAbsent(path, _ -> new CopyOnWriteArrayList<>());
        }
        return this;
    }

    public StubLists clear() {
        lists.clear();
        return this;
    }

    @Nullable JsonNode find(String account, String path, Map<String, List<String>> query) {
        boolean known = lists.keySet().stream().anyMatch(each -> each.endsWith(path));
        if (!known) {
            return null;
        }
        var found = new ArrayList<JsonNode>();
        for (var object : lists.getOrDefault(account + path, List.of())) {
            if (query.entrySet().stream().allMatch(each -> admits(each, object))) {
                found.add(object);
            }
        }
        int limit = Integer.parseInt(query.getOrDefault("limit", List.of("10")).getFirst());
        int from = 0;
        int to = Math.min(found.size(), limit);
        String after = query.getOrDefault("starting_after", List.of("")).getFirst();
        if (!after.isEmpty()) {
            from = position(found, after) + 1;
            to = Math.min(found.size(), from + limit);
        }
        boolean more = to < found.size();
        String before = query.getOrDefault("ending_before", List.of("")).getFirst();
        if (!before.isEmpty()) {
            to = position(found, before);
            from = Math.max(0, to - limit);
            more = from > 0;
        }
        var list = JSON.createObjectNode().put("object", "list").put("url", path);
        list.put("has_more", more);
        list.putArray("data").addAll(found.subList(from, to));
        return list;
    }

    private static boolean admits(Map.Entry<String, List<String>> filter, JsonNode object) {
        String name = filter.getKey();
        String value = filter.getValue().getFirst();
        if (name.equals("created[gte]")) {
            return object.path("created").asLong() >= Long.parseLong(value);
        }
        if (name.equals("created[lt]") || name.equals("created[lte]")) {
            return object.path("created").asLong() <= Long.parseLong(value);
        }
        if (name.equals("types[]")) {
            return filter.getValue().contains(object.path("type").asString(""));
        }
        return NO_FILTERS.contains(name)
                || value.equals("all")
                || object.path(name).asString("").equals(value);
    }

    private static int position(List<JsonNode> found, String id) {
        for (int i = 0; i < found.size(); i++) {
            if (found.get(i).path("id").asString("").equals(id)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no " + id + " in the list");
    }
}
