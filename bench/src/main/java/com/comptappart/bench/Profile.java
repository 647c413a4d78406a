package com.comptappart.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Where the hub's processor time went while it ran at full speed, from JFR's samples. */
final class Profile {

    private static final String HUB = "com.comptappart.";

    private final String kind;
    private final Map<String, Integer> packages = new HashMap<>();
    private final Map<String, Integer> methods = new HashMap<>();
    private final Map<String, Integer> leaves = new HashMap<>();
    private int samples;

    private Profile(String kind) {
        this.kind = kind;
    }

    static Profile of(Path recording, Phase phase) {
        // Samples of processor time know native code too; where there are none, those of Java code.
        var byTime = read("jdk.CPUTimeSample", recording, phase);
        return byTime.samples > 0 ? byTime : read("jdk.ExecutionSample", recording, phase);
    }

    private static Profile read(String kind, Path recording, Phase phase) {
        var profile = new Profile(kind);
        try (var file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                var event = file.readEvent();
                if (event.getEventType().getName().equals(kind)
                        && event.getStartTime().isAfter(phase.start())
                        && event.getStartTime().isBefore(phase.end())) {
                    profile.add(event);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return profile;
    }

    private void add(RecordedEvent event) {
        var stack = event.getStackTrace();
        if (stack == null || stack.getFrames().isEmpty()) {
            return;
        }
        samples++;
        var frames = stack.getFrames();
        count(leaves, name(frames.getFirst()));
        var ours = frames.stream().filter(Profile::isHub).findFirst();
        if (ours.isEmpty()) {
            String root = outermost(frames);
            count(packages, root);
            count(methods, root);
            return;
        }
        String type = ours.get().getMethod().getType().getName();
        int end = type.indexOf('.', HUB.length());
        count(packages, end < 0 ? "hub" : type.substring(HUB.length(), end));
        count(methods, name(ours.get()));
    }

    void print(PrintStream out) {
        out.println();
        out.printf(Locale.ROOT, "profile at full speed, %d samples (%s)%n", samples, kind);
        table(out, "by the hub's package that is innermost on the stack", packages, 16);
        table(out, "by the hub's method that is innermost", methods, 25);
        table(out, "by what runs at the top of the stack", leaves, 25);
    }

    private void table(PrintStream out, String title, Map<String, Integer> counts, int rows) {
        out.println();
        out.println(title);
        counts.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(rows)
                .forEach(each ->
                        out.printf(
                                Locale.ROOT,
                                "  %5.1f %%  %s%n",
                                100.0 * each.getValue() / samples,
                                each.getKey()));
    }

    private static boolean isHub(RecordedFrame frame) {
        return frame.isJavaFrame() && frame.getMethod().getType().getName().startsWith(HUB);
    }

    /** Whose work it is where no frame is ours: the first library from the outside. */
    private static String outermost(List<RecordedFrame> frames) {
        for (RecordedFrame frame : frames.reversed()) {
            String type = frame.getMethod().getType().getName();
            if (!type.startsWith("java.") && !type.startsWith("jdk.")) {
                String[] parts = type.split("\\.");
                return "("
                        + String.join(".", List.of(parts).subList(0, Math.min(3, parts.length)))
                        + ")";
            }
        }
        return "(java)";
    }

    private static String name(RecordedFrame frame) {
        var method = frame.getMethod();
        return method.getType().getName() + "." + method.getName();
    }

    private static void count(Map<String, Integer> counts, String key) {
        counts.merge(key, 1, Integer::sum);
    }
}
