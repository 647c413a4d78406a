package com.comptappart.buyer;

/**
 * A buyer declared something; published in the transaction that keeps it.
 *
 * @param areaUrl the buyer's area at that seller, empty where the address bought nothing there
 */
public record DeclarationMade(Declaration declaration, String areaUrl) {}
