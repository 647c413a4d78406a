package com.comptappart.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Which page of a list.
 *
 * @param limit 1 to 100
 * @param after the former page's cursor, null for the first page
 */
public record PageRequest(int limit, @Nullable String after) {
    public PageRequest {
        if (limit < 1 || limit > 100) {
            throw Refused.invalid(
                    "limit_out_of_range", "limit must be between 1 and 100, not " + limit);
        }
    }
}
