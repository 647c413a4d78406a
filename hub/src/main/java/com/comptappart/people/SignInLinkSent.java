package com.comptappart.people;

import java.time.Instant;

/**
 * A person asked for a link to sign in with; published in the transaction that keeps it.
 *
 * @param to the page that was wanted, empty for none
 * @param token what the mail's link carries; kept nowhere
 */
public record SignInLinkSent(Person person, String to, String token, Instant expiresAt) {

    @Override
    public String toString() {
        return "SignInLinkSent[" + person.id() + "]";
    }
}
