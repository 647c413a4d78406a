package com.comptappart.bench;

import java.nio.ByteBuffer;

/** One side of one connection; called by one thread only. */
interface Conversation {

    /** What is said first; nothing in HTTP. */
    default byte[] greeting() {
        return new byte[0];
    }

    /**
     * Reads what it can use and leaves the rest for the next call.
     *
     * @param in what came and was not read yet
     * @param out takes the answers
     * @return false to hang up once the answers are out
     */
    boolean received(ByteBuffer in, ByteBuffer out);
}
