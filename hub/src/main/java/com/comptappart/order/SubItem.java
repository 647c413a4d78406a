package com.comptappart.order;

/**
 * A tier of a line's price, in minor units.
 *
 * @param net before tax
 * @param gross tax included
 */
public record SubItem(String description, long quantity, long net, long gross) {}
