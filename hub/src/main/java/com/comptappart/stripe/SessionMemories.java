package com.comptappart.stripe;

import com.comptappart.kernel.Environment;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Keeps what later events need of Checkout Sessions. */
@Repository
class SessionMemories {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient jdbc;
    private final Clock clock;

    SessionMemories(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Keeps them in the caller's transaction; the first word about a session stays. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void keep(List<SessionMemory> memories) {
        memories.stream()
                .filter(memory -> !memory.subscriptionId().isEmpty())
                .forEach(this::keepStart);
        memories.stream()
                .filter(memory ->
                        memory.subscriptionId().isEmpty() && !memory.invoiceId().isEmpty())
                .forEach(this::keepInvoice);
    }

    private void keepStart(SessionMemory memory) {
        jdbc.sql(
                        """
                        insert into subscription_start (account, environment, subscription_id, session_id, content, seen_at)
                        values (:account, :environment, :subscription, :session, :content, :now)
                        on conflict do nothing
                        """)
                .param("account", memory.account())
                .param("environment", memory.environment().code())
                .param("subscription", memory.subscriptionId())
                .param("session", memory.sessionId())
                .param("content", JSON.writeValueAsString(memory))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    private void keepInvoice(SessionMemory memory) {
        jdbc.sql(
                        """
                        insert into session_invoice (account, environment, invoice_id, session_id)
                        values (:account, :environment, :invoice, :session)
                        on conflict do nothing
                        """)
                .param("account", memory.account())
                .param("environment", memory.environment().code())
                .param("invoice", memory.invoiceId())
                .param("session", memory.sessionId())
                .update();
    }

    /** The session that began a subscription, if it was seen. */
    Optional<SessionMemory> start(String account, Environment environment, String subscription) {
        return jdbc.sql(
                        """
                        select content
                        from subscription_start
                        where account = :account and environment = :environment and subscription_id = :subscription
                        """)
                .param("account", account)
                .param("environment", environment.code())
                .param("subscription", subscription)
                .query(String.class)
                .optional()
                .map(content -> JSON.readValue(content, SessionMemory.class));
    }

    /** The session for one payment that made that invoice, as far as it was seen. */
    Optional<String> sessionOf(String account, Environment environment, String invoice) {
        return jdbc.sql(
                        """
                        select session_id
                        from session_invoice
                        where account = :account and environment = :environment and invoice_id = :invoice
                        """)
                .param("account", account)
                .param("environment", environment.code())
                .param("invoice", invoice)
                .query(String.class)
                .optional();
    }
}
