package com.comptappart.invoice;

import com.comptappart.kernel.Columns;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Documents that are owed, as rows. */
@Repository
class RequestRows {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Bytes of contents as the database keeps them, which are made into documents together. */
    private static final int LARGEST_BATCH = 4 << 20;

    /** Whose requests wait, and for which kind of document: one number series. */
    record Writer(String sellerId, Environment environment, DocumentKind kind) {}

    /** A request to be kept. */
    record Request(
            PartnerId partner,
            OrderId order,
            DocumentKind kind,
            String refundId,
            Environment environment,
            String sellerId,
            String prefix,
            String content) {

        static Request of(InvoiceRequest request) {
            return new Request(
                    request.partner(),
                    request.order(),
                    DocumentKind.INVOICE,
                    "",
                    request.content().environment(),
                    request.sellerId(),
                    request.seriesPrefix(),
                    JSON.writeValueAsString(request.content()));
        }

        static Request of(CreditNoteRequest request) {
            return new Request(
                    request.partner(),
                    request.order(),
                    DocumentKind.CREDIT_NOTE,
                    request.refundId(),
                    request.environment(),
                    request.sellerId(),
                    request.seriesPrefix(),
                    JSON.writeValueAsString(request.wanted()));
        }
    }

    /** A place in the order in which requests of one writer are met. */
    record Turn(Instant createdAt, long order, String refundId) {
        static final Turn FIRST = new Turn(Instant.EPOCH, 0, "");
    }

    /**
     * A request that is due.
     *
     * @param refundId empty for an invoice
     * @param content JSON of {@link InvoiceContent}, or of {@link CreditNoteRequest.Wanted}; UTF-8
     */
    record Due(
            Instant createdAt,
            PartnerId partner,
            OrderId order,
            DocumentKind kind,
            String refundId,
            String prefix,
            byte[] content,
            int attempts) {

        Turn turn() {
            return new Turn(createdAt, order.value(), refundId);
        }

        CreditNoteRequest.Wanted wanted() {
            return JSON.readValue(content, CreditNoteRequest.Wanted.class);
        }
    }

    private final JdbcClient jdbc;

    RequestRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Each document once. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void add(List<Request> requests, Instant now) {
        jdbc.sql(
                        """
                        insert into invoice_request (
                            partner_id, order_id, kind, refund_id, environment, seller_id, prefix, content, due_at, created_at)
                        select partner_id, order_id, kind, refund_id, environment, seller_id, prefix, content, :now, :now
                        from unnest(:partners::text[], :orders::bigint[], :kinds::text[], :refunds::text[],
                            :environments::text[], :sellers::text[], :prefixes::text[], :contents::text[])
                            as given (partner_id, order_id, kind, refund_id, environment, seller_id, prefix, content)
                        on conflict (partner_id, order_id, kind, refund_id) do nothing
                        """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("partners", Columns.texts(requests, request -> request.partner().value()))
                .param("orders", Columns.longs(requests, each -> each.order().value()))
                .param("kinds", Columns.texts(requests, request -> request.kind().code()))
                .param("refunds", Columns.texts(requests, Request::refundId))
                .param(
                        "environments",
                        Columns.texts(requests, request -> request.environment().code()))
                .param("sellers", Columns.texts(requests, Request::sellerId))
                .param("prefixes", Columns.texts(requests, Request::prefix))
                .param("contents", Columns.texts(requests, Request::content))
                .update();
    }

    /**
     * Invoices first: credit notes wait for them. Goes from one writer to the next, however many
     * requests wait.
     */
    List<Writer> writersWithWork(Instant now) {
        return jdbc.sql(
                        """
                        with recursive writer as (
                            (select seller_id, environment, kind from invoice_request
                            order by seller_id, environment, kind limit 1)
                            union all
                            select following.seller_id, following.environment, following.kind
                            from writer w
                            cross join lateral (
                                select r.seller_id, r.environment, r.kind from invoice_request r
                                where (r.seller_id, r.environment, r.kind) > (w.seller_id, w.environment, w.kind)
                                order by r.seller_id, r.environment, r.kind limit 1) as following)
                        select w.seller_id, w.environment, w.kind
                        from writer w
                        where exists (
                            select 1 from invoice_request r
                            where r.seller_id = w.seller_id and r.environment = w.environment and r.kind = w.kind
                                and r.due_at <= :now
                                and (r.kind = 'invoice' or exists (
                                    select 1 from invoice i
                                    where i.partner_id = r.partner_id and i.order_id = r.order_id
                                        and i.kind = 'invoice')))
                        order by w.kind desc
                        """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, number) ->
                        new Writer(
                                row.getString("seller_id"),
                                Environment.of(row.getString("environment")),
                                DocumentKind.of(row.getString("kind"))))
                .list();
    }

    /** The next ones behind a turn, no more than can be made into documents together. */
    List<Due> due(Writer writer, Turn after, Instant now, int limit) {
        return jdbc.sql(
                        """
                        select created_at, partner_id, order_id, refund_id, prefix, content, attempts
                        from (
                            select r.partner_id, r.order_id, r.refund_id, r.prefix, r.content, r.attempts, r.created_at,
                                row_number() over turns as turn, sum(pg_column_size(r.content)) over turns as bytes
                            from invoice_request r
                            where r.seller_id = :seller and r.environment = :environment and r.kind = :kind
                                and (r.created_at, r.order_id, r.refund_id) > (:created, :order, :refund) and r.due_at <= :now
                                and (r.kind = 'invoice' or exists (
                                    select 1 from invoice i
                                    where i.partner_id = r.partner_id and i.order_id = r.order_id and i.kind = 'invoice'))
                            window turns as (
                                order by r.created_at, r.order_id, r.refund_id rows unbounded preceding)
                            order by r.created_at, r.order_id, r.refund_id
                            limit :limit) as next
                        where turn = 1 or bytes <= :bytes
                        order by created_at, order_id, refund_id
                        """)
                .param("seller", writer.sellerId())
                .param("environment", writer.environment().code())
                .param("kind", writer.kind().code())
                .param("created", after.createdAt().atOffset(ZoneOffset.UTC))
                .param("order", after.order())
                .param("refund", after.refundId())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("limit", limit)
                .param("bytes", LARGEST_BATCH)
                .query((row, number) -> due(writer.kind(), row))
                .list();
    }

    /** What is owed for an order or its refund, due or not. */
    Optional<Due> find(Writer writer, OrderId order, String refundId) {
        return jdbc.sql(
                        """
                        select created_at, partner_id, order_id, refund_id, prefix, content, attempts
                        from invoice_request
                        where order_id = :order and kind = :kind and refund_id = :refund and seller_id = :seller
                            and environment = :environment
                        """)
                .param("order", order.value())
                .param("kind", writer.kind().code())
                .param("refund", refundId)
                .param("seller", writer.sellerId())
                .param("environment", writer.environment().code())
                .query((row, number) -> due(writer.kind(), row))
                .optional();
    }

    /** The credit notes that are owed for an order, in the order in which they are made. */
    List<Due> creditNotes(PartnerId partner, OrderId order) {
        return jdbc.sql(
                        """
                        select created_at, partner_id, order_id, refund_id, prefix, content, attempts
                        from invoice_request
                        where partner_id = :partner and order_id = :order and kind = 'credit_note'
                        order by created_at, refund_id
                        """)
                .param("partner", partner.value())
                .param("order", order.value())
                .query((row, number) -> due(DocumentKind.CREDIT_NOTE, row))
                .list();
    }

    private static Due due(DocumentKind kind, ResultSet row) throws SQLException {
        return new Due(
                row.getTimestamp("created_at").toInstant(),
                new PartnerId(row.getString("partner_id")),
                new OrderId(row.getLong("order_id")),
                kind,
                row.getString("refund_id"),
                row.getString("prefix"),
                row.getBytes("content"),
                row.getInt("attempts"));
    }

    /** Puts requests of one kind off; they stay owed and show why. */
    void postpone(List<Due> owed, Instant until, String reason) {
        jdbc.sql(
                        """
                        update invoice_request r
                        set due_at = :until, attempts = attempts + 1, reason = :reason
                        from unnest(:partners::text[], :orders::bigint[], :refunds::text[])
                            as given (partner_id, order_id, refund_id)
                        where r.partner_id = given.partner_id and r.order_id = given.order_id and r.kind = :kind
                            and r.refund_id = given.refund_id
                        """)
                .param("until", until.atOffset(ZoneOffset.UTC))
                .param("reason", reason)
                .param("partners", Columns.texts(owed, each -> each.partner().value()))
                .param("orders", Columns.longs(owed, each -> each.order().value()))
                .param("refunds", Columns.texts(owed, Due::refundId))
                .param("kind", owed.getFirst().kind().code())
                .update();
    }
}
