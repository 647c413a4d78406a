/** The REST API of contract section 4. */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {
            "kernel",
            "partner",
            "order",
            "stripe",
            "invoice",
            "accounting",
            "mail",
            "people",
            "webhook"
        })
@org.jspecify.annotations.NullMarked
package com.comptappart.api;
