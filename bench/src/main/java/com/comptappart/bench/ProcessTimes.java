package com.comptappart.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Processor time that processes have used, from Linux's {@code /proc}.
 *
 * @param hubMillis of the hub process
 * @param postgresMillis of the PostgreSQL server with all its children
 * @param benchMillis of this process: generator, Stripe, mail server and partners
 * @param threads milliseconds of the hub's live threads, by thread id
 * @param names of those threads, without their running number
 */
record ProcessTimes(
        long hubMillis,
        long postgresMillis,
        long benchMillis,
        Map<Long, Long> threads,
        Map<Long, String> names) {

    private static final Path PROC = Path.of("/proc");
    private static final long MILLIS_PER_TICK = 10;

    ProcessTimes {
        threads = Map.copyOf(threads);
        names = Map.copyOf(names);
    }

    /** Empty on systems without {@code /proc}. */
    static Optional<ProcessTimes> of(long hub, long postgres) {
        if (!Files.isReadable(PROC.resolve("self/stat"))) {
            return Optional.empty();
        }
        long bench = ProcessHandle.current().pid();
        Map<Long, Long> threads = new HashMap<>();
        Map<Long, String> names = new HashMap<>();
        for (long thread : numbersIn(PROC.resolve(Long.toString(hub)).resolve("task"))) {
            var stat = Stat.read(PROC.resolve(hub + "/task/" + thread + "/stat"));
            if (stat != null) {
                threads.put(thread, stat.own());
                names.put(thread, stat.name().replaceAll("[-#0-9]+$", ""));
            }
        }
        return Optional.of(
                new ProcessTimes(ownTime(hub), family(postgres), ownTime(bench), threads, names));
    }

    /** What was used since an earlier reading. */
    ProcessTimes since(ProcessTimes earlier) {
        Map<Long, Long> used = new HashMap<>();
        threads.forEach((thread, millis) ->
                used.put(thread, millis - earlier.threads.getOrDefault(thread, 0L)));
        return new ProcessTimes(
                hubMillis - earlier.hubMillis,
                postgresMillis - earlier.postgresMillis,
                benchMillis - earlier.benchMillis,
                used,
                names);
    }

    /** Milliseconds of the hub by what its threads are called. */
    Map<String, Long> byThreadName() {
        Map<String, Long> sums = new TreeMap<>();
        threads.forEach(
                (thread, millis) -> sums.merge(names.getOrDefault(thread, "?"), millis, Long::sum));
        return sums;
    }

    private static long ownTime(long pid) {
        var stat = Stat.read(PROC.resolve(pid + "/stat"));
        return stat == null ? 0 : stat.own();
    }

    /** A server process, its living children, and those that it has already seen end. */
    private static long family(long server) {
        long sum = 0;
        for (long pid : numbersIn(PROC)) {
            var stat = Stat.read(PROC.resolve(pid + "/stat"));
            if (stat != null && pid == server) {
                sum += stat.own() + stat.ended();
            }
            if (stat != null && stat.parent() == server) {
                sum += stat.own();
            }
        }
        return sum;
    }

    private static Iterable<Long> numbersIn(Path directory) {
        var numbers = new java.util.ArrayList<Long>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "[0-9]*")) {
            for (Path entry : entries) {
                numbers.add(Long.parseLong(entry.getFileName().toString()));
            }
        } catch (IOException e) {
            // it ended meanwhile
        }
        return numbers;
    }

    /** The fields of {@code /proc/…/stat} that are read here, in milliseconds. */
    private record Stat(String name, long parent, long own, long ended) {

        static @Nullable Stat read(Path file) {
            try {
                String text = Files.readString(file);
                int close = text.lastIndexOf(')');
                String[] fields = text.substring(close + 2).split(" ");
                return new Stat(
                        text.substring(text.indexOf('(') + 1, close),
                        Long.parseLong(fields[1]),
                        MILLIS_PER_TICK * (Long.parseLong(fields[11]) + Long.parseLong(fields[12])),
                        MILLIS_PER_TICK
                                * (Long.parseLong(fields[13]) + Long.parseLong(fields[14])));
            } catch (IOException e) {
                return null;
            }
        }
    }
}
