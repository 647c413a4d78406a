package com.comptappart.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A directory. An object is written and synced under another name, then linked to its own, which
 * fails where that name is taken: nobody ever sees half of it, and nothing is ever replaced.
 */
final class FileArchive implements Archive {

    private final Path root;

    FileArchive(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    @Override
    public Optional<byte[]> create(String key, byte[] object) {
        var file = file(key);
        try {
            var directory = Files.createDirectories(parent(file));
            if (Files.exists(file)) {
                return Optional.of(Files.readAllBytes(file));
            }
            var fresh = Files.createTempFile(directory, ".", ".new");
            try {
                write(fresh, object);
                Files.createLink(file, fresh);
            } finally {
                Files.delete(fresh);
            }
            sync(directory);
            return Optional.empty();
        } catch (FileAlreadyExistsException e) {
            return read(key);
        } catch (IOException e) {
            throw unavailable(key, e);
        }
    }

    @Override
    public Optional<byte[]> read(String key) {
        try {
            return Optional.of(Files.readAllBytes(file(key)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unavailable(key, e);
        }
    }

    @Override
    public String location() {
        return root.toString();
    }

    private Path file(String key) {
        return root.resolve(Keys.checked(key));
    }

    private static void write(Path file, byte[] object) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            var rest = ByteBuffer.wrap(object);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    /** The name in the directory survives a crash of the machine too. */
    private static void sync(Path directory) throws IOException {
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Path parent(Path file) {
        var parent = file.getParent();
        if (parent == null) {
            throw new IllegalArgumentException(file + " is in no directory");
        }
        return parent;
    }

    private ArchiveUnavailable unavailable(String key, IOException cause) {
        return new ArchiveUnavailable(
                "the archive " + root + " can't be used (" + key + "): " + cause, cause);
    }
}
