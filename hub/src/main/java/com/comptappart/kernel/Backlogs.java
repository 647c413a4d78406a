package com.comptappart.kernel;

import java.time.Instant;

/** A module's own look at what waits in its tables. */
public interface Backlogs {

    Backlog at(Instant now);
}
