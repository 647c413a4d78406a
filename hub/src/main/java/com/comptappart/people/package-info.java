/** Who signs in to the console, what each may do and where. */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"kernel", "partner"})
@org.jspecify.annotations.NullMarked
package com.comptappart.people;
