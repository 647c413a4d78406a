package com.comptappart.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Kills and freezes processes of a {@link Stage}, and has them back. */
final class Strikes {

    /** Longer than any lease of what is delivered. */
    private static final Duration FROZEN_FOR = Duration.ofSeconds(140);

    private static final Duration STARTING_AT_MOST = Duration.ofSeconds(5);

    private final Stage stage;
    private final Random random;
    private final List<HubProcess> frozen = new ArrayList<>();
    private final List<Thread> thawing = new ArrayList<>();

    Strikes(Stage stage, Random random) {
        this.stage = stage;
        this.random = random;
    }

    /**
     * Strikes and waits until everything that was killed runs again; a frozen node stays frozen.
     */
    void strike(Victim victim) throws InterruptedException {
        switch (victim) {
            case NODE -> {
                var node = awake();
                node.kill();
                node.start();
            }
            case STARTING_NODE -> {
                var node = awake();
                node.kill();
                node.launch();
                Thread.sleep(random.nextLong(STARTING_AT_MOST.toMillis()));
                node.kill();
                node.start();
            }
            case DATABASE -> killDatabase();
            case SESSION -> killSession();
            case ALL -> {
                killDatabase();
                for (HubProcess node : stage.hubs()) {
                    node.kill();
                }
                for (HubProcess node : stage.hubs()) {
                    node.launch();
                }
                for (HubProcess node : stage.hubs()) {
                    node.awaitReady();
                }
            }
            case FROZEN_NODE -> freeze();
        }
    }

    /** Waits until nothing is frozen any more. */
    void end() throws InterruptedException {
        for (Thread each : thawing) {
            each.join();
        }
    }

    private void killDatabase() {
        ProcessHandle.of(stage.database().pid()).ifPresent(ProcessHandle::destroyForcibly);
    }

    private void killSession() {
        var sessions =
                ProcessHandle.of(stage.database().pid()).stream()
                        .flatMap(ProcessHandle::children)
                        .toList();
        if (!sessions.isEmpty()) {
            sessions.get(random.nextInt(sessions.size())).destroyForcibly();
        }
    }

    /** One that may be killed: the last that is awake is never frozen, so there is one. */
    private HubProcess awake() {
        synchronized (frozen) {
            var awake = stage.hubs().stream().filter(each -> !frozen.contains(each)).toList();
            return awake.get(random.nextInt(awake.size()));
        }
    }

    private void freeze() {
        synchronized (frozen) {
            if (frozen.size() + 1 >= stage.hubs().size()) {
                return;
            }
            var node = awake();
            frozen.add(node);
            signal(node, "STOP");
            thawing.add(Thread.ofPlatform().daemon().start(() -> thaw(node)));
        }
    }

    private void thaw(HubProcess node) {
        try {
            Thread.sleep(FROZEN_FOR);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (frozen) {
            signal(node, "CONT");
            frozen.remove(node);
        }
    }

    private static void signal(HubProcess node, String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(node.pid())).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
