package com.comptappart.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** {@code ./comptappart bench}: the load test, and the kill run. */
public final class Bench {

    private Bench() {}

    /** Ends with 0 where nothing was lost, 1 where something was, 2 where the options are wrong. */
    public static void main(String[] arguments) throws Exception {
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) throws IOException, InterruptedException {
        if (List.of(arguments).contains("--help") || List.of(arguments).contains("-h")) {
            System.out.print(Options.USAGE);
            return 0;
        }
        if (List.of(arguments).contains(DeliveryOptions.FLAG)) {
            return deliver(arguments);
        }
        if (List.of(arguments).contains(KillOptions.FLAG)) {
            return kill(arguments);
        }
        Options options;
        try {
            options = Options.of(arguments);
        } catch (IllegalArgumentException e) {
            return refused(e);
        }
        try {
            Path root = root();
            Path jar = hubJar(root);
            Path results = root.resolve("bench/results/latest.json");
            return LoadRun.run(options, jar, results) ? 0 : 1;
        } catch (IllegalStateException e) {
            System.err.println("bench: " + e.getMessage());
            return 1;
        }
    }

    private static int kill(String[] arguments) throws IOException, InterruptedException {
        KillOptions options;
        try {
            options = KillOptions.of(arguments);
        } catch (IllegalArgumentException e) {
            return refused(e);
        }
        try {
            return KillRun.run(options, hubJar(root())) ? 0 : 1;
        } catch (IllegalStateException e) {
            System.err.println("bench: " + e.getMessage());
            return 1;
        }
    }

    private static int refused(IllegalArgumentException wrong) {
        System.err.println("bench: " + wrong.getMessage());
        System.err.print(Options.USAGE);
        return 2;
    }

    private static int deliver(String[] arguments) throws IOException, InterruptedException {
        DeliveryOptions options;
        try {
            options = DeliveryOptions.of(arguments);
        } catch (IllegalArgumentException e) {
            return refused(e);
        }
        try {
            return DeliveryRun.run(options, hubJar(root())) ? 0 : 1;
        } catch (IllegalStateException | SQLException e) {
            System.err.println("bench: " + e.getMessage());
            return 1;
        }
    }

    /** Ctrl-C must leave no hub behind. */
    static Thread onInterrupt(Stage stage) {
        var hook = Thread.ofPlatform().unstarted(stage::endHubs);
        Runtime.getRuntime().addShutdownHook(hook);
        return hook;
    }

    static void forget(Thread hook) {
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    /** The repository: the jar that runs lies below its bench/target. */
    static Path root() {
        Path place = Path.of(System.getProperty("java.class.path")).toAbsolutePath().normalize();
        for (Path root = place.getParent(); root != null; root = root.getParent()) {
            if (Files.exists(root.resolve("comptappart"))) {
                return root;
            }
        }
        throw new IllegalStateException("start it with ./comptappart bench");
    }

    static Path hubJar(Path root) throws IOException {
        try (var jars = Files.newDirectoryStream(root.resolve("hub/target"), "*-app.jar")) {
            for (Path jar : jars) {
                return jar;
            }
        }
        throw new IllegalStateException(
                "hub/target has no *-app.jar: ./comptappart bench builds it");
    }
}
