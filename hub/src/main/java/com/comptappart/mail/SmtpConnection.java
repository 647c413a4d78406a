package com.comptappart.mail;

import jakarta.mail.MessagingException;
import java.time.Duration;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open conversation with the mail server, kept from mail to mail. Used by one thread a time.
 */
final class SmtpConnection {

    private static final Logger LOG = LoggerFactory.getLogger(SmtpConnection.class);

    private final SMTPTransport transport;
    private long lastUsedNanos = System.nanoTime();

    SmtpConnection(SMTPTransport transport) {
        this.transport = transport;
    }

    /**
     * Hands a mail over.
     *
     * @return the server's answer
     */
    String send(PreparedMessage message) throws MessagingException {
        transport.sendMessage(message, message.to());
        lastUsedNanos = System.nanoTime();
        return SmtpAnswer.shown(transport.getLastServerResponse());
    }

    boolean isIdleFor(Duration idle) {
        return System.nanoTime() - lastUsedNanos >= idle.toNanos();
    }

    void close() {
        try {
            transport.close();
        } catch (MessagingException e) {
            LOG.debug("a connection to the mail server did not end politely: {}", e.toString());
        }
    }
}
