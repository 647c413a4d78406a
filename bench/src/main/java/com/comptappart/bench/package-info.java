/**
 * Drives a real hub process through its HTTP doors and says how fast it is and what that costs.
 *
 * <p>Everything here runs on the same cores as the hub that is measured, so it is made to cost
 * little: one event loop answers for Stripe, the partners and the mail server.
 */
@org.jspecify.annotations.NullMarked
package com.comptappart.bench;
