package com.comptappart.invoice;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How many documents were issued. */
@Repository
public class IssuedFigures {

    private final JdbcClient jdbc;

    IssuedFigures(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Invoices and credit notes by the date that they bear. A null partner stands for the operator.
     *
     * @param last inclusive
     */
    public long count(
            @Nullable PartnerId partner, Environment environment, LocalDate first, LocalDate last) {
        return jdbc.sql(
                        """
                        select count(*)
                        from invoice
                        where environment = :environment and issue_date between :first and :last
                            and (:partner::text is null or partner_id = :partner)
                        """)
                .param("environment", environment.code())
                .param("first", first)
                .param("last", last)
                .param("partner", partner == null ? null : partner.value())
                .query(Long.class)
                .single();
    }
}
