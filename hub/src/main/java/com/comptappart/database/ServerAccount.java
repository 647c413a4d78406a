package com.comptappart.database;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * As whom PostgreSQL runs. It refuses to run as root: root starts it in a user namespace of its
 * own, or as nobody where namespaces are forbidden.
 */
final class ServerAccount {

    private static final String NOBODY = "65534";

    private final List<String> prefix;
    private final boolean nobody;

    private ServerAccount(List<String> prefix, boolean nobody) {
        this.prefix = prefix;
        this.nobody = nobody;
    }

    static ServerAccount ofThisProcess(Path home) throws IOException, InterruptedException {
        if (new UnixSystem().getUid() != 0) {
            return new ServerAccount(List.of(), false);
        }
        if (succeeds("unshare", "-U", "true")) {
            return new ServerAccount(List.of("unshare", "-U"), false);
        }
        var account =
                new ServerAccount(
                        List.of(
                                "setpriv",
                                "--reuid=" + NOBODY,
                                "--regid=" + NOBODY,
                                "--clear-groups",
                                "--"),
                        true);
        if (!succeeds(account.command("test", "-x", home.toString()).toArray(String[]::new))) {
            throw new IllegalStateException(
                    "PostgreSQL can't run as root, and nobody may not enter "
                            + home
                            + ": start the hub as an ordinary user, or set SPRING_DATASOURCE_URL");
        }
        return account;
    }

    List<String> command(String... words) {
        var command = new ArrayList<>(prefix);
        command.addAll(List.of(words));
        return command;
    }

    /**
     * The same, in a session of its own where that can be had: Ctrl-C on the hub must not reach the
     * database before the hub is done with it.
     */
    List<String> serverCommand(String... words) throws IOException, InterruptedException {
        var command = command(words);
        if (succeeds("setsid", "true")) {
            command.addFirst("setsid");
        }
        return command;
    }

    void own(Path path) throws IOException, InterruptedException {
        if (nobody && !succeeds("chown", "-R", NOBODY + ":" + NOBODY, path.toString())) {
            throw new IllegalStateException(
                    "can't give " + path + " to nobody, as whom PostgreSQL would run");
        }
    }

    private static boolean succeeds(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException missing) {
            return false;
        }
    }
}
