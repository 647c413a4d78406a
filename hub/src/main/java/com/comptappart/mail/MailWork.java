package com.comptappart.mail;

import com.comptappart.kernel.Reason;
import com.comptappart.mail.Attachments.Attachment;
import com.comptappart.queue.Work;
import jakarta.mail.MessagingException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Sends the mails that are due, in batches, each batch over one kept connection. */
@Component
class MailWork implements Work {

    private static final Logger LOG = LoggerFactory.getLogger(MailWork.class);
    private static final int BATCH = 100;
    private static final Duration POLL = Duration.ofSeconds(2);

    /** After it no further mail of a batch is begun: one that hangs ends well within the lease. */
    private static final Duration BEGIN_WITHIN = Duration.ofMinutes(2);

    private static final Duration GIVE_UP_AFTER = Duration.ofHours(24);
    private static final Duration WAIT_FOR_ATTACHMENT = Duration.ofMinutes(1);
    private static final int RECORD_ATTEMPTS = 4;

    private final MailRows rows;
    private final MailServer server;
    private final ObjectProvider<Attachments> attachments;
    private final MailSettings settings;
    private final Clock clock;
    private final AtomicBoolean explained = new AtomicBoolean();
    private volatile boolean stopping;

    MailWork(
            MailRows rows,
            MailServer server,
            ObjectProvider<Attachments> attachments,
            MailSettings settings,
            Clock clock) {
        this.rows = rows;
        this.server = server;
        this.attachments = attachments;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public String name() {
        return MailRows.WORK;
    }

    @Override
    public int loops() {
        return server.isConfigured() ? settings.connections() : 1;
    }

    /** No longer than the shortest delay, which would else be longer than it was set. */
    @Override
    public Duration poll() {
        return settings.shortestDelay().compareTo(POLL) < 0 ? settings.shortestDelay() : POLL;
    }

    /** The batch that is being sent ends after its current mail; the rest is given back. */
    @EventListener(ContextClosedEvent.class)
    void stop() {
        stopping = true;
    }

    @Override
    public int round() throws InterruptedException {
        if (!server.isConfigured()) {
            if (explained.compareAndSet(false, true)) {
                rows.explain(MailServer.NO_HOST);
            }
            return 0;
        }
        if (stopping || server.isPausing()) {
            return 0;
        }
        var claimed = rows.claim(BATCH);
        if (claimed.isEmpty()) {
            server.closeIdle();
            return 0;
        }
        record(sendAll(claimed));
        return claimed.size();
    }

    private List<EndedAttempt> sendAll(List<ClaimedMail> claimed) {
        long end = System.nanoTime() + BEGIN_WITHIN.toNanos();
        var files = load(claimed);
        var ended = new ArrayList<EndedAttempt>(claimed.size());
        try (var line = new SmtpLine(server)) {
            for (ClaimedMail mail : claimed) {
                var outcome =
                        stopping || System.nanoTime() - end > 0
                                ? new Outcome.NotTried("", Duration.ZERO)
                                : send(line, mail, files);
                ended.add(ended(mail, outcome));
            }
        }
        return ended;
    }

    private Map<String, Attachment> load(List<ClaimedMail> claimed) {
        var source = attachments.getIfAvailable();
        var references =
                claimed.stream()
                        .map(mail -> mail.content().attachment())
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList();
        if (source == null || references.isEmpty()) {
            return Map.of();
        }
        try {
            return source.load(references);
        } catch (RuntimeException e) {
            LOG.error(
                    "{} attachments can't be read; their mails wait {}",
                    references.size(),
                    WAIT_FOR_ATTACHMENT,
                    e);
            return Map.of();
        }
    }

    private Outcome send(SmtpLine line, ClaimedMail mail, Map<String, Attachment> files) {
        @Nullable String reference = mail.content().attachment();
        @Nullable Attachment file = reference == null ? null : files.get(reference);
        if (reference != null && file == null) {
            return new Outcome.NotTried(
                    Reason.MAIL_AWAITS_ATTACHMENT.text(reference), WAIT_FOR_ATTACHMENT);
        }
        try {
            byte[] bytes = MimeBytes.of(mail.content(), file);
            return line.send(new PreparedMessage(server.session(), mail.content(), bytes));
        } catch (MessagingException | RuntimeException e) {
            // One mail that can't be made must not hold back, or send twice, the others of its
            // batch.
            LOG.error("mail {} can't be made or sent by a fault of ours", mail.id(), e);
            return new Outcome.TryLater(Reason.MAIL_OUR_FAULT.text(e.getClass().getSimpleName()));
        }
    }

    private EndedAttempt ended(ClaimedMail mail, Outcome outcome) {
        Instant now = clock.instant();
        return switch (outcome) {
            case Outcome.Accepted(String answer) ->
                    new EndedAttempt(mail, Mails.State.SENT, "", true, answer, now, now);
            case Outcome.RefusedForGood(String answer) -> {
                LOG.warn("mail {} was refused for good; it is not tried again", mail.id());
                yield new EndedAttempt(mail, Mails.State.FAILED, answer, true, answer, now, now);
            }
            case Outcome.TryLater(String reason) -> later(mail, reason, now);
            case Outcome.NotTried(String reason, Duration delay) ->
                    new EndedAttempt(
                            mail, Mails.State.PENDING, reason, false, "", now, now.plus(delay));
        };
    }

    private EndedAttempt later(ClaimedMail mail, String reason, Instant now) {
        Instant first = mail.firstAttemptAt() == null ? now : mail.firstAttemptAt();
        Instant last = first.plus(GIVE_UP_AFTER);
        if (!now.isBefore(last)) {
            LOG.warn("mail {} failed for 24 hours; it is not tried again", mail.id());
            return new EndedAttempt(
                    mail,
                    Mails.State.FAILED,
                    Reason.MAIL_GIVEN_UP.text(reason),
                    true,
                    reason,
                    now,
                    now);
        }
        Instant due = now.plus(settings.delayAfter(mail.attempts()));
        Instant next = due.isBefore(last) ? due : last;
        LOG.info(
                "mail {} was not accepted; attempt {} at {}", mail.id(), mail.attempts() + 2, next);
        return new EndedAttempt(mail, Mails.State.PENDING, reason, true, reason, now, next);
    }

    /** Tries hard: what was accepted and is not recorded is sent again when the lease ends. */
    private void record(List<EndedAttempt> ended) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                int ours = rows.record(ended);
                if (ours < ended.size()) {
                    LOG.warn(
                            "{} of {} mails had lost their lease; another worker records them",
                            ended.size() - ours,
                            ended.size());
                }
                return;
            } catch (DataAccessException | TransactionException e) {
                if (attempt == RECORD_ATTEMPTS) {
                    throw e;
                }
                LOG.warn(
                        "{} mails can't be recorded; again in 2 s: {}", ended.size(), e.toString());
                Thread.sleep(2_000);
            }
        }
    }
}
