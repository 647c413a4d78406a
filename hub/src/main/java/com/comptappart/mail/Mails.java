package com.comptappart.mail;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.Page;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Refused;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Where mails that are owed, sent, kept or failed are found. */
@Repository
public class Mails {

    private static final String AGAIN = "#[0-9]{1,6}$";

    private final JdbcClient jdbc;
    private final MailRows rows;
    private final Addressing addressing;
    private final MailFinder finder;

    Mails(JdbcClient jdbc, MailRows rows, Addressing addressing, MailFinder finder) {
        this.finder = finder;
        this.jdbc = jdbc;
        this.rows = rows;
        this.addressing = addressing;
    }

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
     * @param text empty, as is the HTML, where the mail lets a person in
     * @param order null where it is about a payment that became no order
     * @param messageId the Message-ID header, the same on every attempt
     * @param reason why it waits, failed or is suppressed; empty where nothing is wrong
     * @param dueAt when it is tried (again), while PENDING
     * @param endedAt when it got its final state
     */
    public record Mail(
            String id,
            PartnerId partner,
            Environment environment,
            @Nullable OrderId order,
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
            @Nullable Instant endedAt) {

        /** What it is about, also where it was sent again: the first mail's key. */
        public String about() {
            return key.replaceFirst(AGAIN, "");
        }
    }

    /** One try to hand a mail to the mail server. */
    public record Attempt(int number, Instant at, boolean accepted, String answer) {}

    /** Records mails that are owed, each (key, recipient) once, in the caller's transaction. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void owe(List<OutgoingMail> mails) {
        if (!mails.isEmpty()) {
            rows.insert(mails.stream().map(addressing::address).toList());
        }
    }

    /** Oldest first. */
    public Map<OrderId, List<Mail>> ofOrders(Collection<OrderId> orders) {
        return jdbc
                .sql(
                        """
                        select partner_id, environment, key, recipient, mail_id, order_id, message_id, subject,
                            case when audience = 'person' then '' else text_body end as text_body,
                            case when audience = 'person' then '' else html_body end as html_body, attachment, state, reason, attempts, created_at, due_at, ended_at
                        from mail
                        where order_id = any(:orders::bigint[])
                        order by created_at, mail_id
                        """)
                .param("orders", orders.stream().map(OrderId::value).toArray(Long[]::new))
                .query(Mails::mail)
                .list()
                .stream()
                .collect(Collectors.groupingBy(mail -> Objects.requireNonNull(mail.order())));
    }

    /** All that was sent about something of an order, such as an invoice's number; oldest first. */
    public List<Mail> about(OrderId order, String key) {
        return ofOrders(List.of(order)).getOrDefault(order, List.of()).stream()
                .filter(mail -> mail.about().equals(key))
                .toList();
    }

    /**
     * The first mail about something of an order: the one that went to the buyer.
     *
     * @throws Refused when it is not written yet
     */
    public Mail original(OrderId order, String key) {
        return about(order, key).stream()
                .filter(mail -> mail.key().equals(key))
                .findFirst()
                .orElseThrow(() ->
                        Refused.conflict(
                                "email_not_written_yet",
                                "the email of this invoice is not written yet; try again"));
    }

    /** Newest first; null asks nothing. */
    public Page<Mail> list(
            @Nullable PartnerId partner,
            @Nullable Environment environment,
            @Nullable State state,
            PageRequest page) {
        Set<State> states = state == null ? Set.of() : Set.of(state);
        return finder.list(new MailFilter(partner, environment, states, null, null, null), page);
    }

    /** The mail, if the reader may see it; null stands for the operator. */
    public Optional<Mail> find(
            @Nullable PartnerId partner, @Nullable Environment environment, String id) {
        return jdbc.sql(
                        """
                        select partner_id, environment, key, recipient, mail_id, order_id, message_id, subject,
                            case when audience = 'person' then '' else text_body end as text_body,
                            case when audience = 'person' then '' else html_body end as html_body, attachment, state, reason, attempts, created_at, due_at, ended_at
                        from mail
                        where (:partner::text is null or partner_id = :partner)
                            and (:environment::text is null or environment = :environment)
                            and mail_id = :id
                        """)
                .param("partner", partner == null ? null : partner.value())
                .param("environment", environment == null ? null : environment.code())
                .param("id", id)
                .query(Mails::mail)
                .optional();
    }

    /** Oldest first. */
    public List<Attempt> attempts(Mail mail) {
        return jdbc.sql(
                        """
                        select number, at, accepted, answer
                        from mail_attempt
                        where partner_id = :partner and mail_id = :id
                        order by number
                        """)
                .param("partner", mail.partner().value())
                .param("id", mail.id())
                .query((row, number) ->
                        new Attempt(
                                row.getInt("number"),
                                row.getTimestamp("at").toInstant(),
                                row.getBoolean("accepted"),
                                row.getString("answer")))
                .list();
    }

    /**
     * Owes the last mail about that key once more, with a new Message-ID, to another address where
     * one is given.
     *
     * @throws com.comptappart.kernel.Refused when there is no such mail or the address is unusable
     */
    @Transactional
    public Mail resend(Mail mail, @Nullable String recipient) {
        if (find(mail.partner(), mail.environment(), mail.id()).isEmpty()) {
            throw Refused.notFound("mail_not_found", "there is no mail " + mail.id());
        }
        var audience = rows.audience(mail);
        if (audience == OutgoingMail.Audience.PERSON) {
            throw Refused.conflict(
                    "mail_lets_in",
                    "this mail let its reader in, once: have another link or invitation sent");
        }
        String to = recipient == null ? mail.recipient() : recipient;
        Addresses.fault(to)
                .ifPresent(fault -> {
                    throw Refused.invalid(
                            "email_invalid",
                            fault + ": give an address such as marie.martin@example.com");
                });
        var again =
                addressing.address(
                        new OutgoingMail(
                                mail.partner(),
                                mail.environment(),
                                mail.order(),
                                nextKey(mail),
                                to,
                                mail.subject(),
                                mail.text(),
                                mail.html(),
                                mail.attachment(),
                                audience));
        rows.insert(List.of(again));
        return find(mail.partner(), mail.environment(), again.id()).orElseThrow();
    }

    /** {@code key#2}, {@code key#3}…; one caller at a time until its transaction ends. */
    private String nextKey(Mail mail) {
        String first = mail.about();
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:what, 0))")
                .param("what", "mail " + mail.partner() + mail.environment().code() + first)
                .query((row, number) -> true)
                .list();
        int next =
                jdbc.sql(
                                """
                                select coalesce(max(substring(key from '#([0-9]{1,6})$')::integer), 1) + 1
                                from mail
                                where partner_id = :partner and environment = :environment and starts_with(key, :first)
                                    and regexp_replace(key, '#[0-9]{1,6}$', '') = :first
                                """)
                        .param("partner", mail.partner().value())
                        .param("environment", mail.environment().code())
                        .param("first", first)
                        .query(Integer.class)
                        .single();
        return first + "#" + next;
    }

    private static @Nullable OrderId order(ResultSet row) throws SQLException {
        long id = row.getLong("order_id");
        return row.wasNull() ? null : new OrderId(id);
    }

    static Mail mail(ResultSet row, int number) throws SQLException {
        @Nullable Timestamp endedAt = row.getTimestamp("ended_at");
        return new Mail(
                row.getString("mail_id"),
                new PartnerId(row.getString("partner_id")),
                Environment.of(row.getString("environment")),
                order(row),
                row.getString("key"),
                row.getString("recipient"),
                row.getString("subject"),
                row.getString("text_body"),
                row.getString("html_body"),
                row.getString("attachment"),
                row.getString("message_id"),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getString("reason"),
                row.getInt("attempts"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("due_at").toInstant(),
                endedAt == null ? null : endedAt.toInstant());
    }
}
