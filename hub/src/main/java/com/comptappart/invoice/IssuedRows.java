package com.comptappart.invoice;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Reads documents without their PDF, a page at a time. */
@Repository
class IssuedRows {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient jdbc;
    private final ExchangeRates exchange;

    IssuedRows(JdbcClient jdbc, ExchangeRates exchange) {
        this.jdbc = jdbc;
        this.exchange = exchange;
    }

    /** A series and its last number at one moment. */
    record Until(Series.Key key, long lastNumber) {}

    /**
     * Which of them.
     *
     * @param partner null for all
     * @param unconverted those in another currency that had no VAT to convert
     */
    record Only(@Nullable PartnerId partner, boolean unconverted) {
        static final Only ALL = new Only(null, false);
    }

    List<Until> series(String sellerId, Environment environment, LocalDate from, LocalDate to) {
        return jdbc.sql(
                        """
                        select kind, year, last_number
                        from invoice_series
                        where seller_id = :seller and environment = :environment and year between :from and :to
                            and last_number > 0
                        order by kind, year
                        """)
                .param("seller", sellerId)
                .param("environment", environment.code())
                .param("from", from.getYear())
                .param("to", to.getYear())
                .query((row, number) ->
                        new Until(
                                new Series.Key(
                                        sellerId,
                                        environment,
                                        DocumentKind.of(row.getString("kind")),
                                        row.getInt("year")),
                                row.getLong("last_number")))
                .list();
    }

    /** The documents of some days that follow a number. */
    List<IssuedDocument> page(
            Until series, long after, LocalDate from, LocalDate to, Only only, int limit) {
        var key = series.key();
        return jdbc.sql(
                        """
                        select partner_id, order_id, seq, number, issue_date, issued_at, content, pdf_sha256,
                            content_sha256, previous_hash, entry_hash
                        from invoice
                        where seller_id = :seller and environment = :environment and kind = :kind and year = :year
                            and seq > :after and seq <= :last and issue_date between :from and :to
                            and (:partner::text is null or partner_id = :partner)
                            and (not :unconverted or currency <> 'EUR' and tax_minor = 0)
                        order by seq
                        limit :limit
                        """)
                .param("seller", key.sellerId())
                .param("environment", key.environment().code())
                .param("kind", key.kind().code())
                .param("year", key.year())
                .param("after", after)
                .param("last", series.lastNumber())
                .param("from", from)
                .param("to", to)
                .param("partner", only.partner() == null ? null : only.partner().value())
                .param("unconverted", only.unconverted())
                .param("limit", limit)
                .query((row, number) -> document(key, row))
                .list();
    }

    /** The document of that number, whoever's it is: the caller found it for its reader. */
    IssuedDocument one(Environment environment, String number) {
        return jdbc.sql(
                        """
                        select seller_id, kind, year, partner_id, order_id, seq, number, issue_date, issued_at, content, pdf_sha256,
                            content_sha256, previous_hash, entry_hash
                        from invoice
                        where environment = :environment and number = :number
                        """)
                .param("environment", environment.code())
                .param("number", number)
                .query((row, index) ->
                        document(
                                new Series.Key(
                                        row.getString("seller_id"),
                                        environment,
                                        DocumentKind.of(row.getString("kind")),
                                        row.getInt("year")),
                                row))
                .single();
    }

    private IssuedDocument document(Series.Key key, ResultSet row) throws SQLException {
        String json = row.getString("content");
        var content = JSON.readValue(json, InvoiceContent.class);
        return new IssuedDocument(
                new PartnerId(row.getString("partner_id")),
                new OrderId(row.getLong("order_id")),
                key.sellerId(),
                key.environment(),
                key.kind(),
                key.year(),
                row.getLong("seq"),
                row.getString("number"),
                row.getObject("issue_date", LocalDate.class),
                row.getTimestamp("issued_at").toInstant(),
                content,
                json,
                exchange.units(content),
                new IssuedDocument.Proof(
                        hex(row, "pdf_sha256"),
                        hex(row, "content_sha256"),
                        hex(row, "previous_hash"),
                        hex(row, "entry_hash")));
    }

    private static String hex(ResultSet row, String column) throws SQLException {
        return HexFormat.of().formatHex(row.getBytes(column));
    }
}
