package com.comptappart.mail;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;

/** A message whose bytes are there already; Jakarta Mail only carries them. */
final class PreparedMessage extends MimeMessage {

    private final Address[] from;
    private final Address[] to;
    private final byte[] bytes;
    private boolean bytesLeft;

    PreparedMessage(Session session, ClaimedMail.Content mail, byte[] bytes)
            throws MessagingException {
        super(session);
        from = InternetAddress.parse(mail.sender(), true);
        to = new Address[] {new InternetAddress(mail.deliverTo(), true)};
        this.bytes = bytes;
    }

    Address[] to() {
        return to.clone();
    }

    /** Whether the server may have seen any of it: from then on it may have accepted the mail. */
    boolean bytesLeft() {
        return bytesLeft;
    }

    @Override
    public Address[] getFrom() {
        return from.clone();
    }

    @Override
    public void writeTo(OutputStream out, String[] ignored) throws IOException {
        bytesLeft = true;
        out.write(bytes);
    }
}
