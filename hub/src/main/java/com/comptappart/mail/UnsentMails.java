package com.comptappart.mail;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Mails that were refused for good, or have no usable address. */
@Repository
public class UnsentMails {

    private static final int MOST_COUNTED = 10_000;

    private final JdbcClient jdbc;

    UnsentMails(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Newest first. A null partner or environment stands for the operator. */
    public List<Mails.Mail> newest(
            @Nullable PartnerId partner, @Nullable Environment environment, int limit) {
        return jdbc.sql(
                        """
                        select partner_id, environment, key, recipient, mail_id, order_id, message_id, subject,
                            case when audience = 'person' then '' else text_body end as text_body,
                            case when audience = 'person' then '' else html_body end as html_body, attachment, state, reason,
                            attempts, created_at, due_at, ended_at
                        from mail
                        where state in ('failed', 'suppressed')
                            and (:partner::text is null or partner_id = :partner)
                            and (:environment::text is null or environment = :environment)
                        order by created_at desc, mail_id desc
                        limit :limit
                        """)
                .param("partner", partner == null ? null : partner.value())
                .param("environment", environment == null ? null : environment.code())
                .param("limit", limit)
                .query(Mails::mail)
                .list();
    }

    /** How many there are, as far as anybody counts. */
    public long count(@Nullable PartnerId partner, Environment environment) {
        return jdbc.sql(
                        """
                        select count(*)
                        from (
                            select 1
                            from mail
                            where state in ('failed', 'suppressed') and environment = :environment
                                and (:partner::text is null or partner_id = :partner)
                            limit :limit) as unsent
                        """)
                .param("environment", environment.code())
                .param("partner", partner == null ? null : partner.value())
                .param("limit", MOST_COUNTED)
                .query(Long.class)
                .single();
    }
}
