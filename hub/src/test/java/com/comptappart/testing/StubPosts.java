package com.comptappart.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** What was posted to a Stripe of the tests; the same key makes a thing once. */
public final class StubPosts {

    /** One POST that came. */
    public record Posted(String path, Map<String, String> form, String key, String account) {
        public Posted {
            form = new LinkedHashMap<>(form);
        }

        /** The values of {@code name[0]}, {@code name[1]}, … with that end. */
        public List<String> each(String name, String end) {
            return form.entrySet().stream()
                    .filter(entry -> entry.getKey().matches(name + "\\[\\d+]" + end))
                    .map(Map.Entry::getValue)
                    .toList();
        }
    }

    private final List<Posted> all = new CopyOnWriteArrayList<>();
    private final Map<String, Function<Posted, ObjectNode>> makers = new ConcurrentHashMap<>();
    private final Map<String, ObjectNode> made = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();

    public List<Posted> to(String path) {
        return all.stream().filter(each -> each.path().equals(path)).toList();
    }

    /** How many things were made, repeats under the same key not counted. */
    public long made(String path) {
        return made.keySet().stream().filter(each -> each.startsWith(path + " ")).count();
    }

    void making(String path, Function<Posted, ObjectNode> maker) {
        makers.put(path, maker);
    }

    /** A number for the id of a new thing. */
    int next() {
        return count.incrementAndGet();
    }

    void note(Posted posted) {
        all.add(posted);
    }

    /** Makes what was posted, whatever is answered. */
    public void lost(Posted posted) {
        make(posted);
    }

    ObjectNode make(Posted posted) {
        var maker = makers.get(posted.path());
        if (maker == null) {
            throw new IllegalArgumentException("the stub makes nothing at " + posted.path());
        }
        return made.computeIfAbsent(
                posted.path() + " " + posted.account() + " " + posted.key(),
                _ -> maker.apply(posted));
    }
}
