package com.comptappart.testing;

import com.comptappart.database.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One real PostgreSQL for all tests of this JVM; each hub under test gets a database of its own.
 */
public final class DatabaseForTests {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final EmbeddedPostgres SERVER = start();

    private DatabaseForTests() {}

    /** A fresh, empty database. */
    public static String create() {
        String name = "test_" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet();
        SERVER.createDatabase(name);
        return SERVER.url(name);
    }

    public static String user() {
        return SERVER.user();
    }

    public static String password() {
        return SERVER.password();
    }

    private static EmbeddedPostgres start() {
        try {
            Path home = Files.createDirectories(Path.of("target"));
            var server = EmbeddedPostgres.start(Files.createTempDirectory(home, "postgres-"));
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
