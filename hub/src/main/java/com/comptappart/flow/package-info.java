/** The business process in one file, and the public JSON of notifications. */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {
            "kernel", "partner", "order", "invoice", "buyer", "mail", "people", "webhook"
        })
@org.jspecify.annotations.NullMarked
package com.comptappart.flow;
