package com.comptappart.invoice;

import java.util.Optional;

/** One more thing that must hold of the ledger, beside the chains of its documents. */
interface LedgerCheck {

    /**
     * The first break, where there is one.
     *
     * @param days what the documents add up to
     */
    Optional<String> firstBreak(LedgerDays days);
}
