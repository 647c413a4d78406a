package com.comptappart.order;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Subscriptions whose last invoice Stripe could not collect, and which go on for now. */
@Repository
public class UnpaidSubscriptions {

    private final JdbcClient jdbc;

    UnpaidSubscriptions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A null partner stands for the operator. */
    public long count(@Nullable PartnerId partner, Environment environment) {
        return jdbc.sql(
                        """
                        select count(*)
                        from subscription
                        where environment = :environment and status in ('past_due', 'unpaid')
                            and (:partner::text is null or partner_id = :partner)
                        """)
                .param("environment", environment.code())
                .param("partner", partner == null ? null : partner.value())
                .query(Long.class)
                .single();
    }
}
