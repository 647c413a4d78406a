package com.comptappart.queue;

/**
 * The leases of one table; a worker that died holds them until they end, unless it is known to be
 * dead.
 */
public interface Leases {

    /** Makes every leased row due at once; called before any worker starts, on the only node. */
    void releaseAll();
}
