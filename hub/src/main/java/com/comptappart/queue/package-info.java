/** Claim, do, record, back off: the mechanics over a table, with no table of its own. */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"kernel"})
@org.jspecify.annotations.NullMarked
package com.comptappart.queue;
