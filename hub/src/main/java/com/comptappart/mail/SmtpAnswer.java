package com.comptappart.mail;

import com.comptappart.kernel.Reason;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

/**
 * What the mail server said, read from Jakarta Mail's exceptions.
 *
 * @param code the SMTP reply code; -1 where there was no answer
 * @param about what it answered
 */
record SmtpAnswer(int code, About about, String text) {

    /** What an answer is about, and so whose fault it tells of. */
    enum About {
        CONNECTION,
        SENDER,
        RECIPIENT,
        DATA
    }

    private static final int CLOSING = 421;
    private static final int MAX_SHOWN = 1_000;

    /** Of a mail that was not accepted. */
    static SmtpAnswer of(MessagingException failure) {
        for (@Nullable Exception e = failure; e != null; e = next(e)) {
            if (e instanceof SMTPAddressFailedException refused) {
                return new SmtpAnswer(
                        refused.getReturnCode(), About.RECIPIENT, shown(refused.getMessage()));
            }
        }
        for (@Nullable Exception e = failure; e != null; e = next(e)) {
            if (e instanceof SMTPSendFailedException refused) {
                String command = refused.getCommand() == null ? "" : refused.getCommand();
                return new SmtpAnswer(
                        refused.getReturnCode(),
                        command.startsWith("MAIL") ? About.SENDER : About.DATA,
                        shown(refused.getMessage()));
            }
        }
        return new SmtpAnswer(-1, About.CONNECTION, shown(cause(failure)));
    }

    /** Of a connection that did not come about. */
    static SmtpAnswer ofConnecting(MessagingException failure, int lastCode) {
        boolean refused = failure instanceof AuthenticationFailedException || lastCode >= 500;
        String text = shown(cause(failure));
        if (refused && lastCode / 100 != 4) {
            return new SmtpAnswer(Math.max(lastCode, 500), About.CONNECTION, text);
        }
        return new SmtpAnswer(lastCode / 100 == 4 ? lastCode : -1, About.CONNECTION, text);
    }

    /** Whether no answer came, or the server goes away: the mail is not to blame. */
    boolean isOutage() {
        return code < 400 || code == CLOSING;
    }

    /** Whether the conversation can go on with another mail. */
    boolean leavesConnectionUsable() {
        return !isOutage() && about == About.RECIPIENT;
    }

    Outcome outcome() {
        if (isOutage()) {
            return new Outcome.TryLater(Reason.MAIL_NO_ANSWER.text(text));
        }
        boolean permanent = code >= 500;
        return switch (about) {
            case RECIPIENT, DATA ->
                    permanent
                            ? new Outcome.RefusedForGood(Reason.MAIL_REFUSED.text(text))
                            : new Outcome.TryLater(Reason.MAIL_PUT_OFF.text(text));
            case SENDER, CONNECTION ->
                    permanent
                            ? new Outcome.TryLater(Reason.MAIL_WE_ARE_REFUSED.text(text))
                            : new Outcome.TryLater(Reason.MAIL_PUT_OFF.text(text));
        };
    }

    /** A server's words on one line, cut where they are endless. */
    static String shown(@Nullable String text) {
        if (text == null) {
            return "";
        }
        String line = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
        return line.length() <= MAX_SHOWN ? line : line.substring(0, MAX_SHOWN) + "…";
    }

    private static @Nullable Exception next(Exception e) {
        return e instanceof MessagingException nested ? nested.getNextException() : null;
    }

    private static String cause(MessagingException failure) {
        Exception nested = failure.getNextException();
        String own = failure.getMessage() == null ? "" : failure.getMessage();
        return nested == null ? own : own + " (" + nested + ")";
    }
}
