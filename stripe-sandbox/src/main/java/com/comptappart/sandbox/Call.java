package com.comptappart.sandbox;

import java.util.List;

/**
 * One authenticated API request: what the path names, what was passed, and where its events come
 * from.
 */
record Call(String path, List<String> ids, Params params, Cause cause) {

    Call {
        ids = List.copyOf(ids);
    }

    String id() {
        return ids.getFirst();
    }
}
