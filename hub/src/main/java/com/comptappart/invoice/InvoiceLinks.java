package com.comptappart.invoice;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Until when the signed links open their documents. */
@Repository
public class InvoiceLinks {

    /**
     * A link is opened for this much longer than promised, so that it need not be moved twice
     * within a minute.
     */
    private static final Duration SLACK = Duration.ofMinutes(1);

    /** Whose documents' links. */
    public record Of(PartnerId partner, OrderId order) {}

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Duration validity;

    InvoiceLinks(
            JdbcClient jdbc,
            Clock clock,
            @Value("${comptappart.invoice.link-validity:7d}") Duration validity) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.validity = validity;
    }

    /** How long a link opens that is made now. */
    Instant openUntil() {
        return clock.instant().plus(validity).plus(SLACK);
    }

    /** Lets the links of those orders open for their whole validity from now. */
    @Transactional
    public void keepOpen(List<Of> orders) {
        Instant now = clock.instant();
        jdbc.sql(
                        """
                        update invoice_link l
                        set open_until = :until
                        from unnest(:partners::text[], :orders::bigint[]) as given (partner_id, order_id)
                        where l.partner_id = given.partner_id and l.order_id = given.order_id and l.open_until < :promised
                        """)
                .param("until", openUntil().atOffset(ZoneOffset.UTC))
                .param("promised", now.plus(validity).atOffset(ZoneOffset.UTC))
                .param(
                        "partners",
                        orders.stream().map(each -> each.partner().value()).toArray(String[]::new))
                .param(
                        "orders",
                        orders.stream().map(each -> each.order().value()).toArray(Long[]::new))
                .update();
    }

    Optional<Instant> openUntil(Environment environment, String number) {
        return jdbc.sql(
                        """
                        select l.open_until
                        from invoice i
                        join invoice_link l on l.partner_id = i.partner_id and l.order_id = i.order_id and l.kind = i.kind
                            and l.refund_id = i.refund_id
                        where i.environment = :environment and i.number = :number
                        """)
                .param("environment", environment.code())
                .param("number", number)
                .query((row, index) -> row.getTimestamp("open_until").toInstant())
                .optional();
    }

    boolean isOpen(Instant until) {
        return clock.instant().isBefore(until);
    }
}
