package com.comptappart.kernel;

import java.util.Collection;
import java.util.function.Function;

/** A batch of rows as one array for each column, which {@code unnest} makes rows of again. */
public final class Columns {

    private Columns() {}

    public static <T> String[] texts(Collection<T> rows, Function<? super T, String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }

    public static <T> Long[] longs(Collection<T> rows, Function<? super T, Long> column) {
        return rows.stream().map(column).toArray(Long[]::new);
    }
}
