package com.comptappart.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/** What the demo must still know at its next start, in files that only their owner can read. */
final class KeptSecrets {

    private static final int BYTES = 24;

    private final Path directory;

    KeptSecrets(Path directory) {
        this.directory = directory;
    }

    /** The operator's key: made once. */
    String operatorKey() {
        return read("operator.key")
                .orElseGet(() -> {
                    byte[] random = new byte[BYTES];
                    new SecureRandom().nextBytes(random);
                    String made = "ca_operator_" + HexFormat.of().formatHex(random);
                    keep("operator.key", made);
                    return made;
                });
    }

    Optional<String> read(String name) {
        Path file = directory.resolve(name);
        try {
            return Files.exists(file)
                    ? Optional.of(Files.readString(file).strip())
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void keep(String name, String secret) {
        try {
            Files.createDirectories(directory);
            Path fresh =
                    Files.createTempFile(
                            directory,
                            name,
                            ".new",
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")));
            Files.writeString(fresh, secret + "\n");
            Files.move(fresh, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
