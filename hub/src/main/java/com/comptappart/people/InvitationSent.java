package com.comptappart.people;

/**
 * Someone is to be told that they are invited; published in the transaction that keeps it.
 *
 * @param by the name of who invites
 * @param token what the mail's link carries; kept nowhere
 */
public record InvitationSent(Invitation invitation, String by, String token) {

    @Override
    public String toString() {
        return "InvitationSent[" + invitation.id() + "]";
    }
}
