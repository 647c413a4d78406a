package com.comptappart.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * What {@code ./comptappart bench --kill} asked for.
 *
 * @param load what is posted, and how
 * @param kills how many in all
 * @param nodes processes of the hub on one PostgreSQL; a single one starts its own
 */
record KillOptions(Options load, int kills, int nodes) {

    static final String FLAG = "--kill";

    private static final int ORDERS_PER_KILL = 50;

    KillOptions {
        if (kills < 1 || nodes < 1) {
            throw new IllegalArgumentException("--kills and --nodes must be over zero");
        }
    }

    /**
     * @throws IllegalArgumentException where an option is unknown or no number
     */
    static KillOptions of(String... arguments) {
        int kills = 200;
        int nodes = 1;
        boolean ordersGiven = false;
        List<String> others = new ArrayList<>();
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            switch (parts[0]) {
                case "--kills" -> kills = number(argument, parts);
                case "--nodes" -> nodes = number(argument, parts);
                default -> {
                    ordersGiven |= parts[0].equals("--orders");
                    others.add(argument);
                }
            }
        }
        if (!ordersGiven) {
            others.add("--orders=" + kills * ORDERS_PER_KILL);
        }
        return new KillOptions(Options.of(others.toArray(String[]::new)), kills, nodes);
    }

    private static int number(String argument, String... parts) {
        try {
            return Integer.parseInt(parts[parts.length - 1]);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(argument + " needs a number", e);
        }
    }
}
