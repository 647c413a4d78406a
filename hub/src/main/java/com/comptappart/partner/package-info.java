/** Partners, API keys, sellers and their legal identity. */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"kernel"})
@org.jspecify.annotations.NullMarked
package com.comptappart.partner;
