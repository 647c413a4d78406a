/** Number series, invoices, Factur-X, PDF, ledger. */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {"archive", "kernel", "partner", "queue"})
@org.jspecify.annotations.NullMarked
package com.comptappart.invoice;
