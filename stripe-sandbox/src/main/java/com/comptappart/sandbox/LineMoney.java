package com.comptappart.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One line's money: what it costs, what each discount takes off, and the tax in it or on it. */
final class LineMoney {

    private final long amount;
    private final String product;
    private final boolean discountable;
    private final Map<String, Long> discounts = new LinkedHashMap<>();
    private List<TaxShare> taxes = List.of();

    LineMoney(long amount, String product, boolean discountable) {
        this.amount = amount;
        this.product = product;
        this.discountable = discountable;
    }

    long amount() {
        return amount;
    }

    String product() {
        return product;
    }

    boolean discountable() {
        return discountable && amount > 0;
    }

    Map<String, Long> discounts() {
        return discounts;
    }

    List<TaxShare> taxes() {
        return taxes;
    }

    void takeOff(String discount, long part) {
        discounts.merge(discount, part, Long::sum);
    }

    void tax(List<TaxShare> shares) {
        taxes = List.copyOf(shares);
    }

    long discount() {
        return discounts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** After discounts; inclusive tax is still inside. */
    long net() {
        return amount - discount();
    }

    long tax() {
        return taxes.stream().mapToLong(TaxShare::amount).sum();
    }

    long inclusiveTax() {
        return taxes.stream().filter(TaxShare::isInclusive).mapToLong(TaxShare::amount).sum();
    }

    long total() {
        return net() + tax() - inclusiveTax();
    }
}
