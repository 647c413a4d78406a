/** The pages. */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {
            "kernel",
            "partner",
            "order",
            "stripe",
            "invoice",
            "mail",
            "people",
            "webhook",
            "accounting",
            "api"
        })
@org.jspecify.annotations.NullMarked
package com.comptappart.console;
