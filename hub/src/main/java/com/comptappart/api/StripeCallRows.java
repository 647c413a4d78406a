package com.comptappart.api;

import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** POSTs that reach Stripe while they are being done, and those whose end is not known. */
@Repository
class StripeCallRows {

    private static final Duration KEPT = Duration.ofHours(24);

    /** Longer than any call to Stripe takes; a dead process's call may be repeated after it. */
    private static final Duration BUSY = Duration.ofSeconds(60);

    private static final int SWEPT_AT_ONCE = 100;
    private static final int TRIES = 3;

    /** What is to be done with a call. */
    sealed interface Beginning {}

    /**
     * It is ours to do, under this key.
     *
     * @param first whether nobody tried before: then a refusal means that nothing was made
     */
    record Begun(StripeKey key, boolean first) implements Beginning {}

    /** It was done. */
    record Done(IdempotentAnswers.Answer answer) implements Beginning {}

    /** Somebody does it now. */
    record Busy() implements Beginning {}

    /** The key was used for something else. */
    record Reused() implements Beginning {}

    private record Row(byte[] sha256, String stripeKey, Instant busyUntil, Instant createdAt) {}

    private final JdbcClient jdbc;
    private final IdempotentAnswers answers;
    private final Clock clock;

    StripeCallRows(JdbcClient jdbc, IdempotentAnswers answers, Clock clock) {
        this.jdbc = jdbc;
        this.answers = answers;
        this.clock = clock;
    }

    /**
     * Takes the call, for a minute. The row comes first and the answer is looked for after it: who
     * stored the answer deleted the row in the same transaction.
     */
    @Transactional
    public Beginning begin(RepeatedCall call) {
        for (int i = 0; i < TRIES; i++) {
            var key = StripeKey.fresh();
            if (inserted(call, key)) {
                var former = answers.find(call.key());
                if (former.isPresent()) {
                    delete(call, key);
                    return new Done(former.get());
                }
                return new Begun(key, true);
            }
            var row = locked(call);
            if (row.isPresent()) {
                return again(call, row.get());
            }
        }
        return new Busy();
    }

    private Beginning again(RepeatedCall call, Row row) {
        Instant now = clock.instant();
        if (now.isBefore(row.busyUntil())) {
            return new Busy();
        }
        if (row.createdAt().isBefore(now.minus(KEPT))) {
            delete(call, new StripeKey(row.stripeKey()));
            var key = StripeKey.fresh();
            boolean _ = inserted(call, key);
            return new Begun(key, true);
        }
        if (!MessageDigest.isEqual(row.sha256(), call.sha256())) {
            return new Reused();
        }
        var key = new StripeKey(row.stripeKey());
        busyUntil(call, key, now.plus(BUSY));
        return new Begun(key, false);
    }

    private boolean inserted(RepeatedCall call, StripeKey key) {
        Instant now = clock.instant();
        return jdbc.sql(
                                """
                                insert into stripe_call (
                                    partner_id, environment, idempotency_key, request_sha256, stripe_key, busy_until, created_at)
                                values (:partner, :environment, :key, :sha256, :stripe_key, :until, :now)
                                on conflict (partner_id, environment, idempotency_key) do nothing
                                """)
                        .param("partner", call.key().partner())
                        .param("environment", call.key().environment())
                        .param("key", call.key().key())
                        .param("sha256", call.sha256())
                        .param("stripe_key", key.value())
                        .param("until", at(now.plus(BUSY)))
                        .param("now", at(now))
                        .update()
                == 1;
    }

    private Optional<Row> locked(RepeatedCall call) {
        return jdbc.sql(
                        """
                        select request_sha256, stripe_key, busy_until, created_at
                        from stripe_call
                        where partner_id = :partner and environment = :environment and idempotency_key = :key
                        for update
                        """)
                .param("partner", call.key().partner())
                .param("environment", call.key().environment())
                .param("key", call.key().key())
                .query((row, number) ->
                        new Row(
                                row.getBytes("request_sha256"),
                                row.getString("stripe_key"),
                                row.getObject("busy_until", OffsetDateTime.class).toInstant(),
                                row.getObject("created_at", OffsetDateTime.class).toInstant()))
                .optional();
    }

    /** Keeps the answer for the repeats. */
    @Transactional
    public void done(RepeatedCall call, Begun begun, IdempotentAnswers.Answer answer) {
        answers.store(call.key(), answer);
        delete(call, begun.key());
        sweep();
    }

    /** It was refused; if a try before it may have made something, its key is kept. */
    @Transactional
    public void refused(RepeatedCall call, Begun begun) {
        if (begun.first()) {
            delete(call, begun.key());
            return;
        }
        busyUntil(call, begun.key(), clock.instant());
    }

    /** Whether something was made is not known; a repeat may find out at once. */
    @Transactional
    public void unknown(RepeatedCall call, Begun begun) {
        busyUntil(call, begun.key(), clock.instant());
    }

    private void busyUntil(RepeatedCall call, StripeKey key, Instant until) {
        jdbc.sql(
                        """
                        update stripe_call
                        set busy_until = :until
                        where partner_id = :partner and environment = :environment and idempotency_key = :key
                            and stripe_key = :stripe_key
                        """)
                .param("until", at(until))
                .param("partner", call.key().partner())
                .param("environment", call.key().environment())
                .param("key", call.key().key())
                .param("stripe_key", key.value())
                .update();
    }

    private void delete(RepeatedCall call, StripeKey key) {
        jdbc.sql(
                        """
                        delete from stripe_call
                        where partner_id = :partner and environment = :environment and idempotency_key = :key
                            and stripe_key = :stripe_key
                        """)
                .param("partner", call.key().partner())
                .param("environment", call.key().environment())
                .param("key", call.key().key())
                .param("stripe_key", key.value())
                .update();
    }

    /** Takes away some that nobody repeated for a day. */
    private void sweep() {
        jdbc.sql(
                        """
                        with old as (
                            select partner_id, environment, idempotency_key
                            from stripe_call
                            where created_at <= :since
                            order by created_at
                            limit :limit
                            for update skip locked)
                        delete from stripe_call c using old
                        where c.partner_id = old.partner_id and c.environment = old.environment
                            and c.idempotency_key = old.idempotency_key
                        """)
                .param("since", at(clock.instant().minus(KEPT)))
                .param("limit", SWEPT_AT_ONCE)
                .update();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
