package com.comptappart.testing;

import com.comptappart.database.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
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

    /** A copy of a database that nobody uses now, as a restored backup is. */
    public static String copy(String url) {
        String original = url.substring(url.lastIndexOf('/') + 1).replaceAll("\\?.*", "");
        String name = original + "_copy_" + COUNT.incrementAndGet();
        try (var connection =
                        DriverManager.getConnection(SERVER.url("postgres"), user(), password());
                var statement = connection.createStatement()) {
            statement.execute("create database " + name + " template " + original);
            return SERVER.url(name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
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
