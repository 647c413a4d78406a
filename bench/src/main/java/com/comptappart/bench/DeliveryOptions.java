package com.comptappart.bench;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ./comptappart bench --delivery} asked for.
 *
 * @param notifications that are owed at once, in each run at full speed
 * @param endpoints that answer; as many hang in the second half
 * @param rate pings per second while nothing else goes on
 * @param dataDirectory where the run's directory is made; null for the system's temporary one
 */
record DeliveryOptions(
        int notifications,
        int endpoints,
        int warmUp,
        int rate,
        int seconds,
        boolean profile,
        boolean keep,
        @Nullable Path dataDirectory) {

    static final String FLAG = "--delivery";

    private static final Set<String> NAMES =
            Set.of(
                    "delivery",
                    "notifications",
                    "endpoints",
                    "warmup",
                    "rate",
                    "seconds",
                    "profile",
                    "keep",
                    "data-dir");

    DeliveryOptions {
        if (notifications < 1 || endpoints < 1 || warmUp < 1 || rate < 1 || seconds < 1) {
            throw new IllegalArgumentException("numbers must be over zero");
        }
    }

    /**
     * @throws IllegalArgumentException where an option is unknown or no number
     */
    static DeliveryOptions of(String... arguments) {
        Map<String, String> given = new HashMap<>();
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            if (!parts[0].startsWith("--") || !NAMES.contains(parts[0].substring(2))) {
                throw new IllegalArgumentException("there is no option " + argument);
            }
            given.put(parts[0].substring(2), parts.length < 2 ? "true" : parts[1]);
        }
        String directory = given.get("data-dir");
        return new DeliveryOptions(
                number(given, "notifications", 50_000),
                number(given, "endpoints", 50),
                number(given, "warmup", 50_000),
                number(given, "rate", 100),
                number(given, "seconds", 15),
                given.containsKey("profile"),
                given.containsKey("keep"),
                directory == null ? null : Path.of(directory));
    }

    private static int number(Map<String, String> given, String name, int normal) {
        String value = given.get(name);
        try {
            return value == null ? normal : Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--" + name + " needs a number, not " + value, e);
        }
    }
}
