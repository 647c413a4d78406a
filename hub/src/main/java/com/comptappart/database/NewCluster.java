package com.comptappart.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes a cluster aside and moves it to its place: a half-made one is never used. */
final class NewCluster {

    static final String PARTIAL = "initialising-";

    private final Path home;
    private final Path binaries;
    private final ServerAccount account;

    NewCluster(Path home, Path binaries, ServerAccount account) {
        this.home = home;
        this.binaries = binaries;
        this.account = account;
    }

    void make(Path cluster, Path passwordFile, String user)
            throws IOException, InterruptedException {
        if (Files.exists(cluster)) {
            throw new IllegalStateException(
                    cluster + " is not a PostgreSQL cluster: move it away, or restore a backup");
        }
        writePassword(passwordFile);
        Path partial = Files.createTempDirectory(home, PARTIAL);
        account.own(partial);
        initialise(partial, passwordFile, user);
        Files.move(partial, cluster, StandardCopyOption.ATOMIC_MOVE);
        force(home, StandardOpenOption.READ);
    }

    private void writePassword(Path passwordFile) throws IOException, InterruptedException {
        byte[] secret = new byte[24];
        new SecureRandom().nextBytes(secret);
        Files.deleteIfExists(passwordFile);
        Files.createFile(
                passwordFile,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(passwordFile, HexFormat.of().formatHex(secret));
        force(passwordFile, StandardOpenOption.WRITE);
        account.own(passwordFile);
    }

    private void initialise(Path folder, Path passwordFile, String user)
            throws IOException, InterruptedException {
        var command =
                account.command(
                        binaries.resolve("bin/initdb").toString(),
                        "-D",
                        folder.toString(),
                        "-U",
                        user,
                        "--pwfile=" + passwordFile,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("initdb failed:\n" + output);
        }
    }

    private static void force(Path path, StandardOpenOption how) throws IOException {
        try (var channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }
}
