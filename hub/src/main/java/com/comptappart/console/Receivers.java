package com.comptappart.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The receivers of {@code samples/}, which the build copies beside this class: one text of each.
 */
enum Receivers {
    NODE("node", "Node", "server.mjs", "package.json"),
    PYTHON("python", "Python", "app.py", "requirements.txt"),
    JAVA(
            "java",
            "Java",
            "src/main/java/com/example/receiver/WebhookController.java",
            "src/main/java/com/example/receiver/Events.java",
            "src/main/java/com/example/receiver/ReceiverApplication.java",
            "src/main/resources/schema.sql",
            "src/main/resources/application.properties",
            "pom.xml"),
    PHP("php", "PHP", "index.php", "signature.php"),
    GO("go", "Go", "main.go", "go.mod");

    /** One file, to the letter. */
    record File(String name, String text) {
        /** To name it in a page. */
        public String id() {
            return "f-" + name.replaceAll("[^A-Za-z0-9]+", "-");
        }
    }

    private static final String SECRET = "WEBHOOK_SECRET=";

    private final String folder;
    private final String language;

    // A copy that nothing changes.
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> files;

    Receivers(String folder, String language, String... files) {
        this.folder = folder;
        this.language = language;
        this.files = List.of(files);
    }

    static Optional<Receivers> of(String folder) {
        return Arrays.stream(values()).filter(each -> each.folder.equals(folder)).findFirst();
    }

    public String folder() {
        return folder;
    }

    public String language() {
        return language;
    }

    List<File> files() {
        return files.stream().map(name -> new File(name, text(name))).toList();
    }

    /** The two lines that start it, of its README; the secret stands in the second. */
    String start() {
        var lines = text("README.md").lines().toList();
        int begin = lines.indexOf("```");
        var commands = lines.subList(begin + 1, lines.size());
        String start = String.join("\n", commands.subList(0, commands.indexOf("```")));
        if (!start.contains(SECRET)) {
            throw new IllegalStateException(folder + "/README.md names no " + SECRET);
        }
        return start;
    }

    private String text(String name) {
        String resource = "receivers/" + folder + "/" + name;
        try (InputStream file = Receivers.class.getResourceAsStream(resource)) {
            if (file == null) {
                throw new IllegalStateException("the build left out " + resource);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
