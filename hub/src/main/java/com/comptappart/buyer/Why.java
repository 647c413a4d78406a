package com.comptappart.buyer;

import java.util.Locale;

/** Why a person must look at a declaration; what Stripe says stands beside these in its words. */
public enum Why {
    /** The contract is known; what follows from a withdrawal is the seller's to judge. */
    WITHDRAWAL,
    NO_REFERENCE,
    UNKNOWN_REFERENCE,
    /** The reference is a contract's that another address bought. */
    OTHER_ADDRESS,
    /** What was bought is no subscription. */
    NO_SUBSCRIPTION,
    /** The buyer wishes a later end than that of the period. */
    LATER_END;

    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
