/** Endpoints, secrets, notifications, attempts, signing. */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {"kernel", "partner", "queue"})
@org.jspecify.annotations.NullMarked
package com.comptappart.webhook;
