/** Where issued documents are kept outside the database: objects written once, never changed. */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"kernel"})
@org.jspecify.annotations.NullMarked
package com.comptappart.archive;
