package com.comptappart.invoice;

/**
 * Why a line is not taxed, as the law wants it said: frozen with the invoice.
 *
 * @param code VATEX (BT-121), empty where none says it
 * @param text in French (BT-120)
 */
public record Exemption(String code, String text) {}
