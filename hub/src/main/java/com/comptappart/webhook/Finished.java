package com.comptappart.webhook;

import org.jspecify.annotations.Nullable;

/**
 * A delivery that a lane is done with.
 *
 * @param answer null where it was not sent: it is given back
 */
record Finished(Target target, Delivery delivery, @Nullable Answer answer) {}
