package com.comptappart.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The bodies that are published for partners, one file for each event type. */
public final class Payloads {

    private static final Path FOLDER = Path.of("../samples/payloads");
    private static final String SUFFIX = ".json";

    private Payloads() {}

    /** As it is sent: without the white space between tokens, and otherwise to the letter. */
    public static String sent(String eventType) {
        return published(eventType)
                .strip()
                .replaceAll("\\s*\\n\\s*", "")
                .replaceAll("([\\[{,:]) +", "$1")
                .replaceAll(" +([\\]}])", "$1");
    }

    /** As it is in the file. */
    public static String published(String eventType) {
        try {
            return Files.readString(FOLDER.resolve(eventType + SUFFIX));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In alphabetical order. */
    public static List<String> eventTypes() {
        try (var files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString().replace(SUFFIX, ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
