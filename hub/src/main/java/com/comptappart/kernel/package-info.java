/** The words of all: money, environments, identities. No Spring, no SQL. */
@org.springframework.modulith.ApplicationModule(
        type = org.springframework.modulith.ApplicationModule.Type.OPEN,
        allowedDependencies = {})
@org.jspecify.annotations.NullMarked
package com.comptappart.kernel;
