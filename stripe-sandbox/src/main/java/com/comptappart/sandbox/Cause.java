package com.comptappart.sandbox;

import org.jspecify.annotations.Nullable;

/** The API request that an event comes from; both absent when a person or time caused it. */
record Cause(@Nullable String requestId, @Nullable String idempotencyKey) {

    static final Cause NOT_THE_API = new Cause(null, null);
}
