/** The pages. */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {
            "kernel",
            "health",
            "partner",
            "order",
            "stripe",
            "invoice",
            "buyer",
            "mail",
            "people",
            "webhook",
            "accounting",
            "api"
        })
@org.jspecify.annotations.NullMarked
package com.comptappart.console;
