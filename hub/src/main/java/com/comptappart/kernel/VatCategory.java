package com.comptappart.kernel;

/**
 * EN 16931's VAT categories that exist in France (BT-118, BT-151); the names are UNTDID 5305's
 * codes.
 */
public enum VatCategory {
    /** Taxed. */
    S,
    /** Exempt. */
    E,
    /** Reverse charge: the buyer owes the tax. */
    AE,
    /** Goods to a business of another member state (CGI art. 262 ter I). */
    K,
    /** Goods that leave the Union (CGI art. 262 I). */
    G,
    /** Taxed at a rate of zero. */
    Z,
    /** Outside the scope of French VAT. */
    O
}
