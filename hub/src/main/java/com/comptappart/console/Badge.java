package com.comptappart.console;

/**
 * A state as it is shown: always a word and a drawing, never a colour alone.
 *
 * @param tone ok, wait, bad, held, warn or none; also names the drawing
 */
record Badge(String tone, String word) {

    static Badge ok(String word) {
        return new Badge("ok", word);
    }

    static Badge waiting(String word) {
        return new Badge("wait", word);
    }

    static Badge bad(String word) {
        return new Badge("bad", word);
    }

    static Badge held(String word) {
        return new Badge("held", word);
    }

    static Badge warning(String word) {
        return new Badge("warn", word);
    }

    static Badge none(String word) {
        return new Badge("none", word);
    }
}
