package com.comptappart.mail;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.Page;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.PartnerId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** Where mails that are owed, sent, kept or failed are found. */
@Repository
public class Mails {

    /**
     * What became of a mail.
     *
     * <p>PENDING waits for its (next) attempt, SENT was accepted by the mail server, KEPT is a
     * staging mail that is shown and never sent, FAILED was refused for good or for 24 hours,
     * SUPPRESSED has no usable address.
     */
    public enum State {
        PENDING,
        SENT,
        KEPT,
        FAILED,
        SUPPRESSED
    }

    /**
     * A mail as it is shown.
     *
     * @param id {@code mail_…}
     * @param key what it is about, such as the invoice's number
     * @param recipient empty where the buyer gave none
     * @param messageId the Message-ID header, the same on every attempt
     * @param reason why it waits, failed or is suppressed; empty where nothing is wrong
     * @param dueAt when it is tried (again), while PENDING
     * @param endedAt when it got its final state
     */
    public record Mail(
            String id,
            PartnerId partner,
            Environment environment,
            OrderId order,
            String key,
            String recipient,
            String subject,
            String text,
            String html,
            @Nullable String attachment,
            String messageId,
            State state,
            String reason,
            int attempts,
            Instant createdAt,
            Instant dueAt,
            @Nullable Instant endedAt) {}

    /** One try to hand a mail to the mail server. */
    public record Attempt(int number, Instant at, boolean accepted, String answer) {}

    /** Records mails that are owed, each (key, recipient) once, in the caller's transaction. */
    public void owe(List<OutgoingMail> mails) {
        throw new UnsupportedOperationException();
    }

    /** Oldest first. */
    public Map<OrderId, List<Mail>> ofOrders(Collection<OrderId> orders) {
        throw new UnsupportedOperationException();
    }

    /** Newest first; null asks nothing. */
    public Page<Mail> list(
            @Nullable PartnerId partner,
            @Nullable Environment environment,
            @Nullable State state,
            PageRequest page) {
        throw new UnsupportedOperationException();
    }

    /** The mail, if the reader may see it; null stands for the operator. */
    public Optional<Mail> find(
            @Nullable PartnerId partner, @Nullable Environment environment, String id) {
        throw new UnsupportedOperationException();
    }

    /** Oldest first. */
    public List<Attempt> attempts(Mail mail) {
        throw new UnsupportedOperationException();
    }

    /**
     * Owes the last mail about that key once more, with a new Message-ID, to another address where
     * one is given.
     *
     * @throws com.comptappart.kernel.Refused when there is no such mail or the address is unusable
     */
    public Mail resend(Mail mail, @Nullable String recipient) {
        throw new UnsupportedOperationException();
    }
}
