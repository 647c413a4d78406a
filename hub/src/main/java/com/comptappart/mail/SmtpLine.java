package com.comptappart.mail;

import com.comptappart.kernel.Reason;
import jakarta.mail.MessagingException;
import org.jspecify.annotations.Nullable;

/**
 * Sends the mails of one batch, one after the other, over one connection; a lost one is replaced.
 * Once none can be had, the rest of the batch is answered without asking again.
 */
final class SmtpLine implements AutoCloseable {

    private final MailServer server;
    private @Nullable SmtpConnection connection;
    private @Nullable Outcome down;
    private boolean lost;

    SmtpLine(MailServer server) {
        this.server = server;
        connection = server.kept();
    }

    Outcome send(PreparedMessage message) {
        boolean wasKept = connection != null;
        lost = false;
        var outcome = sendOnce(message);
        // A server may close a kept connection at any time. As long as no byte of the mail has
        // left,
        // it can't have accepted it.
        if (wasKept && lost && !message.bytesLeft()) {
            return sendOnce(message);
        }
        return outcome;
    }

    @Override
    public void close() {
        var current = connection;
        if (current != null) {
            server.keep(current);
            connection = null;
        }
    }

    private Outcome sendOnce(PreparedMessage message) {
        var current = connection == null ? connect() : connection;
        if (current == null) {
            return down == null ? new Outcome.TryLater(Reason.MAIL_NO_CONNECTION.text()) : down;
        }
        try {
            return new Outcome.Accepted(current.send(message));
        } catch (MessagingException e) {
            var answer = SmtpAnswer.of(e);
            lost = answer.isOutage();
            if (!answer.leavesConnectionUsable()) {
                current.close();
                connection = null;
            }
            return answer.outcome();
        }
    }

    private @Nullable SmtpConnection connect() {
        if (down != null) {
            return null;
        }
        switch (server.connect()) {
            case MailServer.Connected connected -> connection = connected.connection();
            case MailServer.NotConnected not -> down = not.answer().outcome();
        }
        return connection;
    }
}
