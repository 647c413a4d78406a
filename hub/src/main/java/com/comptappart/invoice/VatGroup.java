package com.comptappart.invoice;

/**
 * The VAT group that the seller is a member of (CGI art. 256 C; EN 16931 BG-11).
 *
 * @param address in one line
 */
public record VatGroup(String name, String address, String vatNumber) {}
