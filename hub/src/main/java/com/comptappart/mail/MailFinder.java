package com.comptappart.mail;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Page;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Refused;
import com.comptappart.mail.Mails.Mail;
import com.comptappart.mail.Mails.State;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Lists mails by what became of them, to whom and when. */
@Repository
public class MailFinder {

    private final JdbcClient jdbc;

    MailFinder(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Newest first. */
    public Page<Mail> list(MailFilter filter, PageRequest page) {
        var found =
                jdbc.sql(
                                """
                                select partner_id, environment, key, recipient, mail_id, order_id, message_id, subject,
                                    case when audience = 'person' then '' else text_body end as text_body,
                                    case when audience = 'person' then '' else html_body end as html_body, attachment, state, reason, attempts, created_at, due_at, ended_at
                                from mail
                                where (:partner::text is null or partner_id = :partner)
                                    and (:environment::text is null or environment = :environment)
                                    and (:states::text[] is null or state = any(:states::text[]))
                                    and (not :unsent or state in ('failed', 'suppressed'))
                                    and (:recipient::text is null or lower(recipient) = lower(:recipient))
                                    and (:since::text is null or created_at >= :since::timestamptz)
                                    and (:until::text is null or created_at < :until::timestamptz)
                                    and (:after_id::text is null or (created_at, mail_id) < (:after::timestamptz, :after_id))
                                order by created_at desc, mail_id desc
                                limit :limit
                                """)
                        .param(
                                "partner",
                                filter.partner() == null ? null : filter.partner().value())
                        .param(
                                "environment",
                                filter.environment() == null ? null : filter.environment().code())
                        .param("states", codes(filter.states()))
                        .param("unsent", isUnsent(filter.states()))
                        .param("recipient", filter.recipient())
                        .param("since", text(filter.since()))
                        .param("until", text(filter.until()))
                        .param("after", page.after() == null ? null : createdAt(page.after()))
                        .param("after_id", page.after())
                        .param("limit", page.limit() + 1)
                        .query(Mails::mail)
                        .list();
        if (found.size() <= page.limit()) {
            return new Page<>(found, null);
        }
        var shown = found.subList(0, page.limit());
        return new Page<>(shown, shown.getLast().id());
    }

    /**
     * What the last mail is about that is in one of those states, newest first: a mail that was
     * sent again since counts no more.
     *
     * @param limit how many
     */
    public List<String> about(
            @Nullable PartnerId partner, Environment environment, Set<State> states, int limit) {
        return jdbc.sql(
                        """
                        select regexp_replace(m.key, '#[0-9]{1,6}$', '') as about
                        from mail m
                        where (:partner::text is null or m.partner_id = :partner) and m.environment = :environment
                            and m.state = any(:states::text[]) and (not :unsent or m.state in ('failed', 'suppressed'))
                            and m.attachment is not null
                            and not exists (
                                select 1 from mail later
                                where later.order_id = m.order_id and later.partner_id = m.partner_id
                                    and regexp_replace(later.key, '#[0-9]{1,6}$', '') = regexp_replace(m.key, '#[0-9]{1,6}$', '')
                                    and (later.created_at, later.mail_id) > (m.created_at, m.mail_id))
                        order by m.created_at desc, m.mail_id desc
                        limit :limit
                        """)
                .param("partner", partner == null ? null : partner.value())
                .param("environment", environment.code())
                .param("states", codes(states))
                .param("unsent", isUnsent(states))
                .param("limit", limit)
                .query((row, number) -> row.getString("about"))
                .list();
    }

    private String createdAt(String cursor) {
        return jdbc.sql("select created_at from mail where mail_id = :id")
                .param("id", cursor)
                .query((row, number) -> row.getTimestamp("created_at").toInstant().toString())
                .optional()
                .orElseThrow(() ->
                        Refused.invalid(
                                "cursor_invalid",
                                "after: pass a next_cursor of this list, unchanged"));
    }

    /** Said apart, so that the index of these few is used. */
    private static boolean isUnsent(Set<State> states) {
        return !states.isEmpty() && Set.of(State.FAILED, State.SUPPRESSED).containsAll(states);
    }

    private static String @Nullable [] codes(Set<State> states) {
        return states.isEmpty()
                ? null
                : states.stream().map(MailRows::code).sorted().toArray(String[]::new);
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
