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

/**
 * Until when the signed links open their documents: for the validity from when they were issued, or
 * until what a row says, which there is once that was moved.
 */
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

    /** Lets the links of those orders open for their whole validity from now. */
    @Transactional
    public void keepOpen(List<Of> orders) {
        Instant now = clock.instant();
        jdbc.sql(
                        """
                        insert into invoice_link as l (partner_id, order_id, kind, refund_id, open_until)
                        select i.partner_id, i.order_id, i.kind, i.refund_id, :until
                        from (
                            select distinct partner_id, order_id
                            from unnest(:partners::text[], :orders::bigint[]) as given (partner_id, order_id)) as told
                        join invoice i on i.partner_id = told.partner_id and i.order_id = told.order_id
                        left join invoice_link moved on moved.partner_id = i.partner_id and moved.order_id = i.order_id
                            and moved.kind = i.kind and moved.refund_id = i.refund_id
                        where coalesce(moved.open_until < :promised, i.issued_at < :issued)
                        order by i.partner_id, i.order_id, i.kind, i.refund_id
                        on conflict (partner_id, order_id, kind, refund_id) do update
                        set open_until = excluded.open_until
                        where l.open_until < :promised
                        """)
                .param("until", now.plus(validity).plus(SLACK).atOffset(ZoneOffset.UTC))
                .param("promised", now.plus(validity).atOffset(ZoneOffset.UTC))
                .param("issued", now.minus(SLACK).atOffset(ZoneOffset.UTC))
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
                        select i.issued_at, l.open_until
                        from invoice i
                        left join invoice_link l on l.partner_id = i.partner_id and l.order_id = i.order_id and l.kind = i.kind
                            and l.refund_id = i.refund_id
                        where i.environment = :environment and i.number = :number
                        """)
                .param("environment", environment.code())
                .param("number", number)
                .query((row, index) -> {
                    var moved = row.getTimestamp("open_until");
                    return moved == null
                            ? row.getTimestamp("issued_at").toInstant().plus(validity).plus(SLACK)
                            : moved.toInstant();
                })
                .optional();
    }

    boolean isOpen(Instant until) {
        return clock.instant().isBefore(until);
    }
}
