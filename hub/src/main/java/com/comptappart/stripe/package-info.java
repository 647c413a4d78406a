/** All that knows Stripe: its events, its shapes, its API. */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {"kernel", "order", "partner", "queue"})
@org.jspecify.annotations.NullMarked
package com.comptappart.stripe;
