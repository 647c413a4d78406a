package com.comptappart.order;

/** A question of the checkout page and its answer. */
public record CustomField(String key, String label, String value) {}
