package com.comptappart.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The calls that were made to deliver each event, and how they ended. */
final class DeliveryLog {

    private static final int MOST_EVENTS = 10_000;
    private static final int MOST_OF_ONE = 50;

    /**
     * One call.
     *
     * @param outcome empty when it was answered with a 2xx, else what went wrong
     */
    record Attempt(String endpoint, int number, long atSecond, String outcome) {}

    private final Map<String, List<Attempt>> attempts =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, List<Attempt>> eldest) {
                    return size() > MOST_EVENTS;
                }
            };

    synchronized void add(String event, Attempt attempt) {
        List<Attempt> of = attempts.computeIfAbsent(event, _ -> new ArrayList<>());
        if (of.size() < MOST_OF_ONE) {
            of.add(attempt);
        }
    }

    synchronized List<Attempt> of(String event) {
        return List.copyOf(attempts.getOrDefault(event, List.of()));
    }
}
