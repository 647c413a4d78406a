package com.comptappart.api;

import com.comptappart.kernel.Page;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One page of a list. */
record ListView<T>(
        List<T> data,
        @Schema(description = "Pass it as ?after= to get the next page; null on the last page")
                @Nullable String nextCursor) {

    ListView {
        data = List.copyOf(data);
    }

    static <S, T> ListView<T> of(Page<S> page, Function<S, T> view) {
        return new ListView<>(page.data().stream().map(view).toList(), page.nextCursor());
    }
}
