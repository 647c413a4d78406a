package com.comptappart.webhook;

import com.comptappart.kernel.Ids;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The bodies that are published for partners, {@code samples/payloads}, made recognisable. */
final class PublishedBodies {

    /** Begins the {@code event_id} of whatever a certification or the console made up. */
    static final String EVENT = "evt_certification";

    private PublishedBodies() {}

    /** As it is in the file. */
    static String of(String eventType) {
        String name = "samples/" + eventType + ".json";
        try (InputStream file = PublishedBodies.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("the build left out " + name);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * As it is sent, without white space between tokens, of an event and an order that there are
     * not.
     */
    static String invented(String eventType, long order, Instant now) {
        String at = now.truncatedTo(ChronoUnit.SECONDS).toString();
        return compact(of(eventType))
                .replaceFirst("\"event_id\":\"[^\"]*\"", "\"event_id\":\"" + Ids.next(EVENT) + "\"")
                .replaceFirst("\"order_id\":[0-9]+", "\"order_id\":" + order)
                .replaceFirst("\"timestamp\":\"[^\"]*\"", "\"timestamp\":\"" + at + "\"")
                .replace("\"environment\":\"production\"", "\"environment\":\"staging\"")
                .replaceAll("(FQCA|ACA)-[0-9]{4}-[0-9]{6}", "TEST-$1-" + order);
    }

    private static String compact(String json) {
        return json.replaceAll("\\s*\\n\\s*", "")
                .replaceAll("([\\[{,:]) +", "$1")
                .replaceAll(" +([\\]}])", "$1");
    }
}
