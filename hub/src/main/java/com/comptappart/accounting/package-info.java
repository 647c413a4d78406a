/** The books that leave the hub: FEC, VAT, e-reporting, lists and the year's archive. */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {"kernel", "partner", "order", "invoice"})
@org.jspecify.annotations.NullMarked
package com.comptappart.accounting;
