package com.comptappart.bench;

import java.util.Arrays;
import java.util.Random;

/** What a kill run strikes. */
enum Victim {
    /** SIGKILL to one process of the hub, which is started again. */
    NODE("a node", 8),

    /** SIGKILL to one process of the hub while it starts. */
    STARTING_NODE("a node, and again as it starts", 2),

    /** SIGKILL to PostgreSQL's first process; its sessions end by themselves. */
    DATABASE("PostgreSQL", 5),

    /** SIGKILL to one session of PostgreSQL, which makes it end all others and recover. */
    SESSION("a session of PostgreSQL", 2),

    /** PostgreSQL and every process of the hub. */
    ALL("PostgreSQL and every node", 3),

    /** SIGSTOP to one node of several for longer than its leases, while the others go on. */
    FROZEN_NODE("a node, frozen", 2);

    private final String words;
    private final int weight;

    Victim(String words, int weight) {
        this.words = words;
        this.weight = weight;
    }

    String words() {
        return words;
    }

    /** By lot; nothing is frozen where there is only one node, for nothing would go on. */
    static Victim any(Random random, boolean several) {
        var choice =
                Arrays.stream(values()).filter(victim -> several || victim != FROZEN_NODE).toList();
        int lot = random.nextInt(choice.stream().mapToInt(victim -> victim.weight).sum());
        for (Victim victim : choice) {
            lot -= victim.weight;
            if (lot < 0) {
                return victim;
            }
        }
        throw new AssertionError("the weights do not add up");
    }
}
