package com.comptappart.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * A code that a problem of the API may have, and what it means. {@code problems.tsv} has them all,
 * one to a line.
 */
record ProblemCode(String code, int status, String french, String english) {

    static final List<ProblemCode> ALL = read();

    private static List<ProblemCode> read() {
        try (var stream =
                Objects.requireNonNull(ProblemCode.class.getResourceAsStream("problems.tsv"))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("\t", -1))
                    .map(part ->
                            new ProblemCode(part[0], Integer.parseInt(part[1]), part[2], part[3]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
