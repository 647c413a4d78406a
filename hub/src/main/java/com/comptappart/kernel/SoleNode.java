package com.comptappart.kernel;

/**
 * There is such a bean where no other node can use the database: what is leased at start was leased
 * by the dead.
 */
public record SoleNode() {}
