package com.comptappart.api;

import static com.comptappart.api.JsonForTests.json;
import static com.comptappart.api.JsonForTests.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.testing.DatabaseForTests;
import com.comptappart.testing.HubForTests;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class OutageTest {

    @Test
    void a_database_that_is_away_is_503_until_it_is_back() throws SQLException {
        try (var hub =
                        new HubForTests()
                                .with("spring.datasource.hikari.connection-timeout", "500")
                                .start();
                var elsewhere =
                        DriverManager.getConnection(
                                DatabaseForTests.create(),
                                DatabaseForTests.user(),
                                DatabaseForTests.password());
                var statement = elsewhere.createStatement()) {
            String name = hub.jdbc().sql("select current_database()").query(String.class).single();
            json(hub.get("/v1/partners"), 200);
            statement.execute("alter database " + name + " allow_connections false");
            statement.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity where datname = '"
                            + name
                            + "'");
            var away =
                    HubForTests.eventually(
                            () -> hub.get("/v1/partners"), answer -> answer.statusCode() != 200);
            assertThat(problem(away, 503)).isEqualTo("database_unavailable");
            assertThat(away.headers().firstValue("Retry-After")).isPresent();
            statement.execute("alter database " + name + " allow_connections true");
            HubForTests.eventually(
                    () -> hub.get("/v1/partners"), answer -> answer.statusCode() == 200);
        }
    }
}
