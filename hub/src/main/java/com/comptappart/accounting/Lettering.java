package com.comptappart.accounting;

/** {@code AAA}, {@code AAB}, …: names what settles each other on an account. */
final class Lettering {

    private static final int LETTERS = 26;
    private static final int LEAST = 3;

    private long count;

    String next() {
        var letters = new StringBuilder();
        for (long rest = count++; rest > 0; rest /= LETTERS) {
            letters.append((char) ('A' + rest % LETTERS));
        }
        while (letters.length() < LEAST) {
            letters.append('A');
        }
        return letters.reverse().toString();
    }
}
