package com.comptappart.buyer;

/**
 * A subscription ends, or goes on after all, because its buyer declared so; published in the
 * transaction that keeps it.
 *
 * @param backToken with which the buyer takes the end back; empty where there is none to come
 * @param step how many states the declaration came to, so that each is told once
 */
public record DeclarationSettled(Declaration declaration, String backToken, int step) {

    @Override
    public String toString() {
        return "DeclarationSettled[" + declaration.id() + "]";
    }
}
