/** How the hub itself does: its nodes, what waits, whether it keeps up. */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"kernel", "queue"})
@org.jspecify.annotations.NullMarked
package com.comptappart.health;
