package com.comptappart.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Held by the one hub that uses a data directory; the operating system frees a dead hub's. */
final class DirectoryLock implements AutoCloseable {

    // Closing any channel of a file frees the process's lock on it: a second try must not open one.
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private DirectoryLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * @throws IllegalStateException when another hub holds it
     */
    static DirectoryLock take(Path home) throws IOException {
        Path file = home.toRealPath().resolve("lock");
        if (!HELD_HERE.add(file)) {
            throw inUse(home);
        }
        boolean taken = false;
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            taken = channel.tryLock() != null;
            if (!taken) {
                throw inUse(home);
            }
            return new DirectoryLock(file, channel);
        } finally {
            if (!taken) {
                if (channel != null) {
                    channel.close();
                }
                HELD_HERE.remove(file);
            }
        }
    }

    /** Whether another process holds it. */
    static boolean isHeld(Path home) throws IOException {
        Path file = home.toRealPath().resolve("lock");
        if (HELD_HERE.contains(file)) {
            return true;
        }
        try (var channel =
                        FileChannel.open(
                                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var taken = channel.tryLock()) {
            return taken == null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        HELD_HERE.remove(file);
    }

    private static IllegalStateException inUse(Path home) {
        return new IllegalStateException(
                "another hub uses "
                        + home.getParent()
                        + ": stop it, set another COMPTAPPART_DATA_DIR, or give both one SPRING_DATASOURCE_URL");
    }
}
