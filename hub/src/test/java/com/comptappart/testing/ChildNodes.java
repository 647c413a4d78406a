package com.comptappart.testing;

import static com.comptappart.testing.HubForTests.eventually;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/**
 * Hubs in processes of their own, on one database and one archive. The database knows each by its
 * name, and who took which lease.
 */
public final class ChildNodes implements AutoCloseable {

    private static final Pattern SETTING = Pattern.compile("--([^=]+)=(.*)", Pattern.DOTALL);

    private final HubForTests like;
    private final Path home;
    private final String database;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Map<String, ChildHub> nodes = new LinkedHashMap<>();
    private final JdbcClient jdbc;
    private int named;

    /** Nodes with the settings of that hub, which is not started, and with its database. */
    public ChildNodes(HubForTests like) throws IOException {
        home = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "nodes-");
        for (String argument :
                like.with(
                                "comptappart.storage",
                                home.resolve("documents").toAbsolutePath().toString())
                        .arguments()) {
            var setting = SETTING.matcher(argument);
            if (setting.matches()) {
                settings.put(variable(setting.group(1)), setting.group(2));
            }
        }
        settings.keySet()
                .removeAll(List.of("SERVER_PORT", "COMPTAPPART_DATADIR", "LOGGING_LEVEL_ROOT"));
        this.like = like;
        database = settings.getOrDefault("SPRING_DATASOURCE_URL", "");
        jdbc =
                JdbcClient.create(
                        new SimpleDriverDataSource(
                                new org.postgresql.Driver(),
                                database,
                                DatabaseForTests.user(),
                                DatabaseForTests.password()));
    }

    /** As the environment says a setting. */
    private static String variable(String property) {
        return property.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** Starts more of them at once, until so many are awake. */
    public void beThere(int count) throws IOException, InterruptedException {
        for (ChildHub node : nodes.values()) {
            node.killIfFrozen();
        }
        nodes.values().removeIf(node -> !node.isAlive());
        while (nodes.size() < count) {
            begin();
        }
        for (ChildHub node : nodes.values()) {
            node.ready();
        }
    }

    /** One more, which need not be ready yet. */
    public ChildHub begin() throws IOException {
        String name = "node-" + ++named;
        var node = new ChildHub(home.resolve(name));
        settings.forEach(node::with);
        node.with("SPRING_DATASOURCE_URL", database + "&ApplicationName=" + name);
        nodes.put(name, node);
        return node.begin();
    }

    public ChildHub node(String name) {
        return Optional.ofNullable(nodes.get(name)).orElseThrow();
    }

    public List<String> names() {
        return List.copyOf(nodes.keySet());
    }

    public JdbcClient jdbc() {
        return jdbc;
    }

    /** A command line for whoever else uses the database and the archive. */
    public String[] arguments() {
        return like.arguments();
    }

    /** Has the database write down from now on who takes leases. */
    public void noteLeases(String... tables) {
        jdbc.sql("create table lease_taken (lease uuid, node text)").update();
        jdbc.sql(
                        """
                        create function note_lease() returns trigger language plpgsql as $$
                        begin
                            insert into lease_taken values (new.lease, current_setting('application_name'));
                            return null;
                        end $$
                        """)
                .update();
        for (String table : tables) {
            jdbc.sql(
                            """
                            create trigger note_lease after update of lease on %s for each row when (new.lease is not null)
                            execute function note_lease()
                            """
                                    .formatted(table))
                    .update();
        }
    }

    /**
     * Freezes the node that first waits for that table, and lets it wait no longer: it sleeps
     * inside of a transaction.
     *
     * @param provoke lets some node want to write to it
     * @return its name
     */
    public String freezeWritingTo(String table, Runnable provoke)
            throws SQLException, IOException, InterruptedException {
        try (Connection other = connect();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table " + table + " in exclusive mode");
            provoke.run();
            String name =
                    eventually(() -> waitingFor(table), Optional::isPresent, Duration.ofSeconds(20))
                            .orElseThrow();
            node(name).freeze();
            other.rollback();
            eventually(() -> idleInTransaction(name), idle -> idle > 0);
            return name;
        }
    }

    private Optional<String> waitingFor(String table) {
        return jdbc.sql(
                        """
                        select a.application_name
                        from pg_locks l join pg_stat_activity a on a.pid = l.pid
                        where not l.granted and l.relation = to_regclass(:table) and a.datname = current_database()
                        order by a.application_name
                        limit 1
                        """)
                .param("table", table)
                .query(String.class)
                .optional();
    }

    /** How many transactions of a node wait for its next word. */
    public int idleInTransaction(String name) {
        return jdbc.sql(
                        """
                        select count(*) from pg_stat_activity
                        where datname = current_database() and application_name = :name and state like 'idle in transaction%'
                        """)
                .param("name", name)
                .query(Integer.class)
                .single();
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                database, DatabaseForTests.user(), DatabaseForTests.password());
    }

    @Override
    public void close() throws InterruptedException {
        for (ChildHub node : nodes.values()) {
            node.close();
        }
    }
}
