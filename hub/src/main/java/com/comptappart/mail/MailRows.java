package com.comptappart.mail;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import com.comptappart.queue.Leases;
import com.comptappart.queue.Wake;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The mails that are owed, as rows. */
@Repository
class MailRows implements Leases {

    static final String WORK = "mail";

    /** Longer than a round may take: see {@link MailWork}. */
    static final Duration LEASE = Duration.ofMinutes(6);

    private final JdbcClient jdbc;
    private final MailSeal seal;
    private final Wake wake;
    private final Clock clock;

    MailRows(JdbcClient jdbc, MailSeal seal, Wake wake, Clock clock) {
        this.jdbc = jdbc;
        this.seal = seal;
        this.wake = wake;
        this.clock = clock;
    }

    /** Stores mails in one statement; those that are there already stay as they are. */
    @Transactional
    public void insert(List<NewMail> mails) {
        // Sorted: two writers of the same keys wait for each other, never for good.
        jdbc.sql(
                        """
                        insert into mail (
                            partner_id, environment, key, recipient, mail_id, order_id, message_id, sender, deliver_to,
                            subject, text_body, html_body, attachment, state, reason, audience, created_at, due_at, ended_at)
                        select partner_id, environment, key, recipient, mail_id, order_id, message_id, sender, deliver_to,
                            subject, text_body, html_body, attachment, state, reason, audience, :now, :now,
                            case when state <> 'pending' then :now::timestamptz end
                        from unnest(
                            :partners::text[], :environments::text[], :keys::text[], :recipients::text[], :ids::text[],
                            :orders::bigint[], :message_ids::text[], :senders::text[], :deliver_to::text[],
                            :subjects::text[], :texts::text[], :htmls::text[], :attachments::text[], :states::text[], :reasons::text[],
                            :audiences::text[])
                            as given (
                                partner_id, environment, key, recipient, mail_id, order_id, message_id, sender, deliver_to,
                                subject, text_body, html_body, attachment, state, reason, audience)
                        order by partner_id, environment, key, recipient
                        on conflict (partner_id, environment, key, recipient) do nothing
                        """)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("partners", texts(mails, each -> each.mail().partner().value()))
                .param("environments", texts(mails, each -> each.mail().environment().code()))
                .param("keys", texts(mails, each -> each.mail().key()))
                .param("recipients", texts(mails, NewMail::recipient))
                .param("ids", texts(mails, NewMail::id))
                .param(
                        "orders",
                        mails.stream().map(each -> order(each.mail())).toArray(Long[]::new))
                .param("message_ids", texts(mails, NewMail::messageId))
                .param("senders", texts(mails, NewMail::sender))
                .param("deliver_to", texts(mails, NewMail::deliverTo))
                .param("subjects", texts(mails, each -> storable(each.mail().subject())))
                .param("texts", texts(mails, each -> body(each.mail(), each.mail().text())))
                .param("htmls", texts(mails, each -> body(each.mail(), each.mail().html())))
                .param("attachments", texts(mails, each -> each.mail().attachment()))
                .param("states", texts(mails, each -> code(each.state())))
                .param("reasons", texts(mails, NewMail::reason))
                .param("audiences", texts(mails, each -> each.mail().audience().code()))
                .update();
        if (mails.stream().anyMatch(each -> each.state() == Mails.State.PENDING)) {
            wake.afterCommit(WORK);
        }
    }

    OutgoingMail.Audience audience(Mails.Mail mail) {
        return jdbc.sql("select audience from mail where partner_id = :partner and mail_id = :id")
                .param("partner", mail.partner().value())
                .param("id", mail.id())
                .query((row, number) -> OutgoingMail.Audience.of(row.getString("audience")))
                .single();
    }

    @Override
    @Transactional
    public void releaseAll() {
        jdbc.sql("update mail set lease = null, due_at = :now where lease is not null")
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Takes due mails; a dead worker's come back when their lease ends. */
    @Transactional
    public List<ClaimedMail> claim(int limit) {
        Instant now = clock.instant();
        var lease = UUID.randomUUID();
        var claimed =
                jdbc.sql(
                                """
                                with due as (
                                    select mail_id
                                    from mail
                                    where state = 'pending' and due_at <= :now
                                    order by due_at
                                    limit :limit
                                    for update skip locked)
                                update mail m
                                set lease = :lease, due_at = :until
                                from due
                                where m.mail_id = due.mail_id
                                returning m.partner_id, m.mail_id, m.attempts, m.first_attempt_at, m.environment, m.message_id,
                                    m.sender, m.recipient, m.deliver_to, m.subject, m.text_body, m.html_body, m.attachment,
                                    m.audience, m.created_at
                                """)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .param("limit", limit)
                        .param("lease", lease)
                        .param("until", now.plus(LEASE).atOffset(ZoneOffset.UTC))
                        .query((row, number) -> claimed(row, lease))
                        .list();
        if (claimed.size() == limit) {
            // More may wait: another loop, here or on another node, takes the next batch meanwhile.
            wake.afterCommit(WORK);
        }
        return claimed;
    }

    /**
     * Records what a round did, with its attempts; mails whose lease was lost stay as they are.
     *
     * @return how many were still ours
     */
    @Transactional
    public int record(List<EndedAttempt> ended) {
        return jdbc.sql(
                        """
                        with given as (
                            select partner_id, mail_id, lease, state, reason, tried, answer, at, due_at
                            from unnest(:partners::text[], :ids::text[], :leases::uuid[], :states::text[], :reasons::text[],
                                :tried::boolean[], :answers::text[], :at::timestamptz[], :due::timestamptz[])
                                as given (partner_id, mail_id, lease, state, reason, tried, answer, at, due_at)),
                        ours as (
                            update mail m
                            set state = given.state, reason = given.reason, due_at = given.due_at, lease = null,
                                attempts = m.attempts + case when given.tried then 1 else 0 end,
                                first_attempt_at = case when given.tried then coalesce(m.first_attempt_at, given.at)
                                    else m.first_attempt_at end,
                                ended_at = case when given.state <> 'pending' then given.at end
                            from given
                            where m.partner_id = given.partner_id and m.mail_id = given.mail_id and m.lease = given.lease
                            returning m.partner_id, m.mail_id, m.attempts),
                        attempts as (
                            insert into mail_attempt (partner_id, mail_id, number, at, accepted, answer)
                            select ours.partner_id, ours.mail_id, ours.attempts, given.at, given.state = 'sent', given.answer
                            from ours join given on given.mail_id = ours.mail_id
                            where given.tried)
                        select count(*) from ours
                        """)
                .param("partners", texts(ended, each -> each.mail().partner().value()))
                .param("ids", texts(ended, each -> each.mail().id()))
                .param(
                        "leases",
                        ended.stream().map(each -> each.mail().lease()).toArray(UUID[]::new))
                .param("states", texts(ended, each -> code(each.state())))
                .param("reasons", texts(ended, each -> storable(each.reason())))
                .param("tried", ended.stream().map(EndedAttempt::tried).toArray(Boolean[]::new))
                .param("answers", texts(ended, each -> storable(each.answer())))
                .param("at", texts(ended, each -> each.at().toString()))
                .param("due", texts(ended, each -> each.dueAt().toString()))
                .query(Integer.class)
                .single();
    }

    /** Says on every waiting mail why it waits. */
    @Transactional
    public void explain(String reason) {
        jdbc.sql("update mail set reason = :reason where state = 'pending' and reason <> :reason")
                .param("reason", reason)
                .update();
    }

    static String code(Mails.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private ClaimedMail claimed(ResultSet row, UUID lease) throws SQLException {
        @Nullable Timestamp first = row.getTimestamp("first_attempt_at");
        return new ClaimedMail(
                new PartnerId(row.getString("partner_id")),
                row.getString("mail_id"),
                lease,
                row.getInt("attempts"),
                first == null ? null : first.toInstant(),
                content(row));
    }

    /** What an attempt to send the mail says; of one that is only kept, to its buyer. */
    ClaimedMail.Content content(Mails.Mail mail) {
        return jdbc.sql(
                        """
                        select mail_id, environment, message_id, sender, recipient, deliver_to, subject, text_body, html_body,
                            attachment, audience, created_at
                        from mail
                        where partner_id = :partner and mail_id = :id
                        """)
                .param("partner", mail.partner().value())
                .param("id", mail.id())
                .query((row, number) -> content(row))
                .single();
    }

    private ClaimedMail.Content content(ResultSet row) throws SQLException {
        var audience = OutgoingMail.Audience.of(row.getString("audience"));
        String recipient = row.getString("recipient");
        String deliverTo = row.getString("deliver_to");
        return new ClaimedMail.Content(
                row.getString("mail_id"),
                Environment.of(row.getString("environment")),
                row.getString("message_id"),
                row.getString("sender"),
                recipient,
                deliverTo.isEmpty() ? Addresses.toAscii(recipient) : deliverTo,
                row.getString("subject"),
                seal.open(audience, row.getString("text_body")),
                seal.open(audience, row.getString("html_body")),
                row.getString("attachment"),
                row.getTimestamp("created_at").toInstant());
    }

    private String body(OutgoingMail mail, String text) {
        return seal.close(mail.audience(), storable(text));
    }

    /** PostgreSQL keeps every character but NUL. */
    private static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    private static @Nullable Long order(OutgoingMail mail) {
        return mail.order() == null ? null : mail.order().value();
    }

    private static <T> @Nullable String[] texts(
            List<T> things, Function<T, @Nullable String> value) {
        var texts = new @Nullable String[things.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = value.apply(things.get(i));
        }
        return texts;
    }
}
