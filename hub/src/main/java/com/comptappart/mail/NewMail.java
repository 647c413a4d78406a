package com.comptappart.mail;

/**
 * A mail about to be stored.
 *
 * @param recipient the buyer's address as it is shown
 * @param deliverTo the address that the mail server is told; empty where nothing is sent
 */
record NewMail(
        OutgoingMail mail,
        String id,
        String messageId,
        String sender,
        String recipient,
        String deliverTo,
        Mails.State state,
        String reason) {}
