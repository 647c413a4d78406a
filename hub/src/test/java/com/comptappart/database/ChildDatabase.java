package com.comptappart.database;

import java.nio.file.Path;
import java.sql.DriverManager;

/** A hub's database and nothing else, in a process that is there to be killed. */
final class ChildDatabase {

    private ChildDatabase() {}

    public static void main(String[] arguments) throws Exception {
        var postgres = EmbeddedPostgres.start(Path.of(arguments[0]));
        try (var connection =
                        DriverManager.getConnection(
                                postgres.url(), postgres.user(), postgres.password());
                var statement = connection.createStatement()) {
            statement.execute("create table if not exists kept (word text)");
            statement.execute("insert into kept values ('before the kill')");
        }
        System.out.println("ready");
        Thread.sleep(600_000);
    }
}
