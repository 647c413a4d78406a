package com.comptappart.invoice;

import java.time.LocalDate;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Checks the date of each counter, and whether its year is over: both follow from the last document
 * and the last closing. So the last closings can't be taken out and made again otherwise,
 * unnoticed.
 */
@Repository
class CounterCheck implements LedgerCheck {

    private final JdbcClient jdbc;

    CounterCheck(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Counter(
            String name,
            int year,
            LocalDate date,
            boolean closed,
            boolean followed,
            Optional<LocalDate> document,
            Optional<LocalDate> closing) {

        Optional<String> wrong() {
            var next = closing.map(day -> day.plusDays(1));
            boolean isOver = followed || next.filter(day -> day.getYear() > year).isPresent();
            if (closed != isOver) {
                return Optional.of(
                        "the counter of " + name + " is " + (closed ? "" : "not ") + "closed");
            }
            var least =
                    document.map(day ->
                            next.filter(after -> after.getYear() == year && after.isAfter(day))
                                    .orElse(day));
            boolean isRight =
                    least.map(day -> closed ? !date.isBefore(day) : date.equals(day)).orElse(true);
            return isRight
                    ? Optional.empty()
                    : Optional.of(
                            "the counter of "
                                    + name
                                    + " stands at "
                                    + date
                                    + ", which its last document and the last closing do not say");
        }
    }

    @Override
    public Optional<String> firstBreak(LedgerDays days) {
        return jdbc
                .sql(
                        """
                        select s.prefix || '-' || s.year as name, s.year, s.last_date, s.closed,
                            exists (
                                select 1 from invoice_series n
                                where n.seller_id = s.seller_id and n.environment = s.environment and n.kind = s.kind
                                    and n.year > s.year) as followed,
                            (select i.issue_date from invoice i
                                where i.seller_id = s.seller_id and i.environment = s.environment and i.kind = s.kind
                                    and i.year = s.year and i.seq = s.last_number) as document,
                            (select max(c.last_day) from closing c
                                where c.seller_id = s.seller_id and c.environment = s.environment
                                    and c.period = 'day') as closing
                        from invoice_series s
                        order by s.seller_id, s.environment, s.kind, s.year
                        """)
                .query((row, number) ->
                        new Counter(
                                row.getString("name"),
                                row.getInt("year"),
                                row.getObject("last_date", LocalDate.class),
                                row.getBoolean("closed"),
                                row.getBoolean("followed"),
                                Optional.ofNullable(row.getObject("document", LocalDate.class)),
                                Optional.ofNullable(row.getObject("closing", LocalDate.class))))
                .stream()
                .flatMap(counter -> counter.wrong().stream())
                .findFirst();
    }
}
