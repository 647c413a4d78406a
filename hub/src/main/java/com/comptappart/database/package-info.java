/**
 * The database and what is kept beside it in the data directory: PostgreSQL of our own, the master
 * key.
 */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"kernel"})
@org.jspecify.annotations.NullMarked
package com.comptappart.database;
