package com.comptappart.accounting;

/** How rows are written. */
public enum Format {
    JSON,
    CSV
}
