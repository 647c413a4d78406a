package com.comptappart.invoice;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Page;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Refused;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Finds issued documents by what people know of them; a few seconds after they were issued. */
@Repository
public class DocumentFinder {

    private final JdbcClient jdbc;
    private final Invoices invoices;
    private final Minute<List<Own>> own;

    DocumentFinder(JdbcClient jdbc, Invoices invoices, Clock clock) {
        own = new Minute<>(clock);
        this.jdbc = jdbc;
        this.invoices = invoices;
    }

    /** Some documents of a partner, of one kind and year. */
    public record Own(DocumentKind kind, int year, String first, String last, long count) {}

    private record Position(String day, String at, String number) {}

    /** Newest first. */
    public Page<FoundDocument> list(DocumentFilter filter, PageRequest page) {
        var query = filter.text() == null ? null : FinderWords.query(filter.text());
        if (query != null && query.isEmpty()) {
            return new Page<>(List.of(), null);
        }
        var after = page.after() == null ? null : position(filter, page.after());
        var found =
                jdbc.sql(
                                """
                                with found as (
                                    select number, buyer, email
                                    from invoice_finder
                                    where (:partner::text is null or partner_id = :partner) and environment = :environment
                                        and (:kind::text is null or kind = :kind)
                                        and (:from::text is null or issue_date >= :from::date)
                                        and (:to::text is null or issue_date <= :to::date)
                                        and (:query::text is null or words @@ (:query::text)::tsquery)
                                        and (:numbers::text[] is null or number = any(:numbers::text[]))
                                        and (:after::text is null
                                            or (issue_date, issued_at, number) < (:day::date, :at::timestamptz, :after))
                                    order by issue_date desc, issued_at desc, number desc
                                    limit :limit)
                                select i.partner_id, i.order_id, i.environment, i.number, i.issue_date, i.currency, i.total_minor,
                                    i.tax_minor, i.kind, i.refers_to, i.refund_id, i.issued_at, found.buyer, found.email
                                from found
                                join invoice i on i.environment = :environment and i.number = found.number
                                order by i.issue_date desc, i.issued_at desc, i.number desc
                                """)
                        .param("partner", id(filter.partner()))
                        .param("environment", filter.environment().code())
                        .param("kind", filter.kind() == null ? null : filter.kind().code())
                        .param("from", text(filter.from()))
                        .param("to", text(filter.to()))
                        .param("query", query == null ? null : query.get())
                        .param(
                                "numbers",
                                filter.numbers() == null
                                        ? null
                                        : filter.numbers().toArray(String[]::new))
                        .param("after", after == null ? null : after.number())
                        .param("day", after == null ? null : after.day())
                        .param("at", after == null ? null : after.at())
                        .param("limit", page.limit() + 1)
                        .query((row, number) ->
                                new FoundDocument(
                                        invoices.issued(row, number),
                                        row.getString("buyer"),
                                        row.getString("email")))
                        .list();
        if (found.size() <= page.limit()) {
            return new Page<>(found, null);
        }
        var shown = found.subList(0, page.limit());
        return new Page<>(shown, shown.getLast().issued().number());
    }

    /** What a partner has in each series, newest year first; as it was less than a minute ago. */
    public List<Own> own(PartnerId partner, Environment environment) {
        return own.of(
                partner.value() + " " + environment.code(), _ -> counted(partner, environment));
    }

    private List<Own> counted(PartnerId partner, Environment environment) {
        return jdbc.sql(
                        """
                        select kind, year, ltrim(min(lpad(number, 40) collate "C")) as first,
                            ltrim(max(lpad(number, 40) collate "C")) as last, count(*) as count
                        from invoice_finder
                        where partner_id = :partner and environment = :environment
                        group by kind, year
                        order by year desc, kind desc
                        """)
                .param("partner", partner.value())
                .param("environment", environment.code())
                .query((row, number) ->
                        new Own(
                                DocumentKind.of(row.getString("kind")),
                                row.getInt("year"),
                                row.getString("first"),
                                row.getString("last"),
                                row.getLong("count")))
                .list();
    }

    /** The document of that number, if the reader may see it; null stands for the operator. */
    public Optional<InvoiceIssued> find(
            @Nullable PartnerId partner, Environment environment, String number) {
        var filter = new InvoiceFilter(partner, environment, null, number);
        return invoices.list(filter, new PageRequest(1, null)).data().stream().findFirst();
    }

    private Position position(DocumentFilter filter, String number) {
        return find(filter.partner(), filter.environment(), number)
                .map(each ->
                        new Position(
                                each.issueDate().toString(),
                                each.issuedAt().toString(),
                                each.number()))
                .orElseThrow(() ->
                        Refused.invalid(
                                "cursor_invalid",
                                "after: pass a next_cursor of this list, unchanged"));
    }

    private static @Nullable String id(@Nullable PartnerId partner) {
        return partner == null ? null : partner.value();
    }

    private static @Nullable String text(@Nullable LocalDate day) {
        return day == null ? null : day.toString();
    }
}
