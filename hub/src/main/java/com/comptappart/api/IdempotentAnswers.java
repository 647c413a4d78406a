package com.comptappart.api;

import com.comptappart.kernel.MasterKey;
import com.comptappart.partner.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Where the answers to POSTs with an {@code Idempotency-Key} are kept, encrypted, for 24 hours. */
@Repository
class IdempotentAnswers {

    private static final Duration KEPT = Duration.ofHours(24);
    private static final int SWEPT_AT_ONCE = 100;

    /** A caller's key; what another caller does under the same key is another matter. */
    record Key(String partner, String environment, String key) {

        static Key of(Caller caller, String key) {
            return switch (caller) {
                case Caller.Operator _ -> new Key("", "", key);
                case Caller.PartnerKey partner ->
                        new Key(partner.partner().value(), partner.environment().code(), key);
            };
        }
    }

    /** What was answered to which request. */
    record Answer(byte[] requestSha256, int status, String mediaType, String body) {}

    private final JdbcClient jdbc;
    private final MasterKey masterKey;
    private final Clock clock;

    IdempotentAnswers(JdbcClient jdbc, MasterKey masterKey, Clock clock) {
        this.jdbc = jdbc;
        this.masterKey = masterKey;
        this.clock = clock;
    }

    /** Keeps others out until the transaction ends; false when another request is inside. */
    boolean enter(Key key) {
        return jdbc.sql("select pg_try_advisory_xact_lock(hashtextextended(:text, 20))")
                .param("text", key.partner() + " " + key.environment() + " " + key.key())
                .query(Boolean.class)
                .single();
    }

    Optional<Answer> find(Key key) {
        return jdbc.sql(
                        """
                        select request_sha256, status, media_type, body
                        from idempotent_answer
                        where partner_id = :partner and environment = :environment and idempotency_key = :key
                            and created_at > :since
                        """)
                .param("partner", key.partner())
                .param("environment", key.environment())
                .param("key", key.key())
                .param("since", oldest())
                .query((row, number) ->
                        new Answer(
                                row.getBytes("request_sha256"),
                                row.getInt("status"),
                                row.getString("media_type"),
                                masterKey.decrypt(row.getBytes("body"))))
                .optional();
    }

    /** Stores the answer and sweeps some that are too old. */
    void store(Key key, Answer answer) {
        sweep();
        jdbc.sql(
                        """
                        insert into idempotent_answer (
                            partner_id, environment, idempotency_key, request_sha256, status, media_type, body, created_at)
                        values (:partner, :environment, :key, :sha256, :status, :media_type, :body, :now)
                        on conflict (partner_id, environment, idempotency_key) do update set
                            request_sha256 = excluded.request_sha256, status = excluded.status,
                            media_type = excluded.media_type, body = excluded.body, created_at = excluded.created_at
                        """)
                .param("partner", key.partner())
                .param("environment", key.environment())
                .param("key", key.key())
                .param("sha256", answer.requestSha256())
                .param("status", answer.status())
                .param("media_type", answer.mediaType())
                .param("body", masterKey.encrypt(answer.body()))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Every store takes away more than it adds, so the table stays a day long. */
    int sweep() {
        return jdbc.sql(
                        """
                        with old as (
                            select partner_id, environment, idempotency_key
                            from idempotent_answer
                            where created_at <= :since
                            order by created_at
                            limit :limit
                            for update skip locked)
                        delete from idempotent_answer a using old
                        where a.partner_id = old.partner_id and a.environment = old.environment
                            and a.idempotency_key = old.idempotency_key
                        """)
                .param("since", oldest())
                .param("limit", SWEPT_AT_ONCE)
                .update();
    }

    private OffsetDateTime oldest() {
        return clock.instant().minus(KEPT).atOffset(ZoneOffset.UTC);
    }
}
