/** What was paid, as facts. */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"kernel", "partner"})
@org.jspecify.annotations.NullMarked
package com.comptappart.order;
