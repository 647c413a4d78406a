/** What buyers do for themselves, without an account: see what is theirs, end a contract. */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {"kernel", "queue", "partner", "order", "stripe", "invoice"})
@org.jspecify.annotations.NullMarked
package com.comptappart.buyer;
