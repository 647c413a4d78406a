package com.comptappart;

import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What must always hold between the modules, each as one question to the database that finds what
 * breaks it. Tests, the demo and {@code ./comptappart verify} ask the same. They hold at any moment
 * and after any crash: what is still owed counts as there. What holds within one invoice series is
 * checked by {@link com.comptappart.invoice.Ledger}.
 *
 * <p>It is the one place that reads the tables of all modules; it writes none.
 */
@Repository
public class Invariants {

    private static final int MOST_SHOWN = 5;

    /**
     * One of them.
     *
     * @param id as in the list of invariants, {@code I4}, …
     * @param sentence what must hold
     * @param violations a query whose rows, of one text each, break it
     */
    private record Invariant(String id, String sentence, String violations) {}

    /**
     * What does not hold.
     *
     * @param examples what breaks it, at most five
     */
    public record Broken(String id, String sentence, List<String> examples) {
        public Broken {
            examples = List.copyOf(examples);
        }

        @Override
        public String toString() {
            return id + " is broken: " + sentence + ": " + String.join("; ", examples);
        }
    }

    private static final List<Invariant> ALL =
            List.of(
                    new Invariant(
                            "I4",
                            "a paid invoice of a session is not a second order",
                            """
                            select 'invoice ' || i.invoice_id || ' and session ' || i.session_id
                            from session_invoice i
                            join paid_order a on a.account = i.account and a.environment = i.environment
                                and a.stripe_object = i.invoice_id
                            join paid_order b on b.account = i.account and b.environment = i.environment
                                and b.stripe_object = i.session_id
                            """),
                    new Invariant(
                            "I5",
                            "no order without money proven",
                            """
                            select 'order ' || o.order_id || ' of ' || o.stripe_object || ', which is ' || p.state
                            from paid_order o
                            join pending_order p on p.account = o.account and p.environment = o.environment
                                and p.stripe_object = o.stripe_object and p.partner_id = o.partner_id
                            where p.state <> 'paid'
                            """),
                    new Invariant(
                            "I6",
                            "every order has its invoice, or it is owed",
                            """
                            select 'order ' || o.order_id
                            from paid_order o
                            where not exists (
                                    select 1 from invoice i
                                    where i.partner_id = o.partner_id and i.order_id = o.order_id and i.kind = 'invoice')
                                and not exists (
                                    select 1 from invoice_request r
                                    where r.partner_id = o.partner_id and r.order_id = o.order_id and r.kind = 'invoice')
                            """),
                    new Invariant(
                            "I6",
                            "every refund that an order took has its credit note, or it is owed",
                            """
                            select 'refund ' || f.refund_id || ' of order ' || f.order_id
                            from order_refund f
                            where not exists (
                                    select 1 from invoice i
                                    where i.partner_id = f.partner_id and i.order_id = f.order_id
                                        and i.kind = 'credit_note' and i.refund_id = f.refund_id)
                                and not exists (
                                    select 1 from invoice_request r
                                    where r.partner_id = f.partner_id and r.order_id = f.order_id
                                        and r.kind = 'credit_note' and r.refund_id = f.refund_id)
                            """),
                    new Invariant(
                            "I6",
                            "credit notes never exceed their invoice, in total and in VAT",
                            """
                            select 'invoice ' || i.number
                            from invoice i
                            join invoice c on c.partner_id = i.partner_id and c.order_id = i.order_id
                                and c.kind = 'credit_note'
                            where i.kind = 'invoice'
                            group by i.number, i.total_minor, i.tax_minor
                            having sum(c.total_minor) > i.total_minor or sum(c.tax_minor) > i.tax_minor
                            """),
                    new Invariant(
                            "I7",
                            "the numbers of a series are exactly 1 to its last",
                            """
                            select 'series ' || s.prefix || ' of ' || s.seller_id || ': ' || count(i.seq)
                                || ' documents up to ' || s.last_number
                            from invoice_series s
                            left join invoice i on i.seller_id = s.seller_id and i.environment = s.environment
                                and i.kind = s.kind and i.year = s.year
                            group by s.seller_id, s.environment, s.kind, s.year, s.prefix, s.last_number
                            having count(i.seq) <> s.last_number
                                or coalesce(min(i.seq), 1) <> 1 or coalesce(max(i.seq), 0) <> s.last_number
                            """),
                    new Invariant(
                            "I9",
                            "an invoice is of what was charged, a credit note of what was refunded",
                            """
                            select i.number || ' of ' || i.total_minor || ', charged ' || o.total_minor
                            from invoice i
                            join paid_order o on o.partner_id = i.partner_id and o.order_id = i.order_id
                            where i.kind = 'invoice'
                                and (i.total_minor, i.tax_minor, i.currency) <> (o.total_minor, o.tax_minor, o.currency)
                            union all
                            select i.number || ' of ' || i.total_minor || ', refunded ' || coalesce(f.amount_minor, 0)
                            from invoice i
                            left join order_refund f on f.partner_id = i.partner_id and f.order_id = i.order_id
                                and f.refund_id = i.refund_id
                            where i.kind = 'credit_note' and i.total_minor is distinct from f.amount_minor
                            """),
                    new Invariant(
                            "I9",
                            "the orders of a Stripe object are what was paid of it: captured, received elsewhere, taken from the customer's balance",
                            """
                            select r.stripe_object || ': orders of ' || coalesce(o.minor, 0) || ', paid '
                                || r.captured_minor + r.elsewhere_minor + r.balance_minor
                            from receipt r
                            left join lateral (
                                select sum(o.total_minor) as minor
                                from paid_order o
                                where o.account = r.account and o.environment = r.environment
                                    and o.stripe_object = r.stripe_object and o.currency = r.currency) as o on true
                            where coalesce(o.minor, 0) <> r.captured_minor + r.elsewhere_minor + r.balance_minor
                            """),
                    new Invariant(
                            "I9",
                            "invoices less credit notes with money behind them are what was captured, received elsewhere or paid from balances, less what was refunded and did not come back or was credited, for every account, mode and currency",
                            """
                            with captured as (
                                select p.account, p.environment, p.currency, sum(p.minor) as minor
                                from (
                                    select account, environment, currency, captured_minor + elsewhere_minor + balance_minor as minor
                                    from receipt
                                    union all
                                    -- Orders of before receipts were kept.
                                    select o.account, o.environment, o.currency, o.total_minor
                                    from paid_order o
                                    where not exists (
                                        select 1 from receipt r
                                        where r.account = o.account and r.environment = o.environment
                                            and r.stripe_object = o.stripe_object)) as p
                                group by 1, 2, 3),
                            refunded as (
                                select r.account, r.environment, r.currency, sum(r.placed_minor) as minor
                                from refund r where r.status = 'succeeded' group by 1, 2, 3),
                            unfunded as (
                                select u.account, u.environment, u.currency, sum(u.amount_minor) as minor
                                from unfunded_refund u group by 1, 2, 3),
                            invoiced as (
                                select o.account, o.environment, o.currency,
                                    sum(case i.kind when 'invoice' then i.total_minor else -i.total_minor end) as minor
                                from invoice i
                                join paid_order o on o.partner_id = i.partner_id and o.order_id = i.order_id
                                group by 1, 2, 3),
                            owed as (
                                select o.account, o.environment, o.currency,
                                    sum(case r.kind when 'invoice' then o.total_minor else -f.amount_minor end) as minor
                                from invoice_request r
                                join paid_order o on o.partner_id = r.partner_id and o.order_id = r.order_id
                                left join order_refund f on f.partner_id = r.partner_id and f.order_id = r.order_id
                                    and f.refund_id = r.refund_id
                                group by 1, 2, 3)
                            select 'account ''' || c.account || ''' in ' || c.environment || ', ' || c.currency || ': '
                                || coalesce(i.minor, 0) + coalesce(w.minor, 0) + coalesce(u.minor, 0) || ' against '
                                || c.minor - coalesce(r.minor, 0)
                            from captured c
                            left join refunded r using (account, environment, currency)
                            left join invoiced i using (account, environment, currency)
                            left join owed w using (account, environment, currency)
                            left join unfunded u using (account, environment, currency)
                            where coalesce(i.minor, 0) + coalesce(w.minor, 0) + coalesce(u.minor, 0)
                                <> c.minor - coalesce(r.minor, 0)
                            """),
                    new Invariant(
                            "I9",
                            "a refund is placed once, and behind a credit note stands no more money than it says",
                            """
                            select 'refund ' || r.refund_id || ': ' || r.placed_minor || ' placed'
                            from refund r
                            where r.placed_minor <> coalesce((
                                    select sum(t.amount_minor) from order_refund t
                                    where t.account = r.account and t.environment = r.environment
                                        and t.refund_id = r.refund_id), 0)
                                + coalesce((
                                    select sum(c.amount_minor) from refund_cover c
                                    where c.account = r.account and c.environment = r.environment
                                        and c.covered_by = r.refund_id), 0)
                            union all
                            select 'refund ' || t.refund_id || ' of order ' || t.order_id
                            from order_refund t
                            join refund r on r.account = t.account and r.environment = t.environment
                                and r.refund_id = t.refund_id
                            join refund_cover c on c.partner_id = t.partner_id and c.order_id = t.order_id
                                and c.refund_id = t.refund_id
                            join refund b on b.account = c.account and b.environment = c.environment
                                and b.refund_id = c.covered_by and b.status = 'succeeded'
                            group by t.partner_id, t.order_id, t.refund_id, t.amount_minor, r.status
                            having r.status = 'succeeded' or sum(c.amount_minor) > t.amount_minor
                            """),
                    new Invariant(
                            "I10",
                            "no test data in a live series, nor the reverse",
                            """
                            select 'invoice ' || i.number
                            from invoice i
                            join paid_order o on o.partner_id = i.partner_id and o.order_id = i.order_id
                            where i.environment <> o.environment
                                or starts_with(i.number, 'TEST-') <> (i.environment = 'staging')
                            """),
                    new Invariant(
                            "I11",
                            "every issued document has its mail to the buyer, sent, kept, owed or visibly not sent",
                            """
                            select i.number
                            from invoice i
                            where not exists (
                                select 1 from mail m
                                where m.partner_id = i.partner_id and m.environment = i.environment and m.key = i.number)
                            """),
                    new Invariant(
                            "I13",
                            "every attempt of a notification is a row",
                            """
                            select 'notification ' || n.notification_id || ': ' || n.attempts || ' attempts, '
                                || count(a.number) || ' rows'
                            from webhook_notification n
                            left join webhook_attempt a on a.partner_id = n.partner_id
                                and a.notification_id = n.notification_id
                            where n.lease is null and n.created_at > now() - interval '80 days'
                            group by n.partner_id, n.notification_id, n.attempts
                            having n.attempts <> count(a.number)
                            """),
                    new Invariant(
                            "I13",
                            "a notification that is held says why",
                            """
                            select 'notification ' || notification_id
                            from webhook_notification
                            where state = 'held' and reason = ''
                            """),
                    new Invariant(
                            "I17",
                            "a partner's notification goes to that partner's endpoint and tells of that partner's order",
                            """
                            select 'notification ' || n.notification_id
                            from webhook_notification n
                            left join webhook_endpoint e on e.endpoint_id = n.endpoint_id
                            left join paid_order o on o.order_id = n.order_id
                            where (n.endpoint_id <> '' and (e.partner_id, e.environment)
                                    is distinct from (n.partner_id, n.environment))
                                or (n.order_id is not null and (o.partner_id, o.environment)
                                    is distinct from (n.partner_id, n.environment))
                            """));

    private final JdbcClient jdbc;

    Invariants(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How many there are. */
    public static int count() {
        return ALL.size();
    }

    /** Those that don't hold now; none where all is well. */
    public List<Broken> broken() {
        var broken = new ArrayList<Broken>();
        for (Invariant each : ALL) {
            var examples =
                    jdbc.sql(each.violations() + " limit " + MOST_SHOWN)
                            .query((row, number) -> String.valueOf(row.getString(1)))
                            .list();
            if (!examples.isEmpty()) {
                broken.add(new Broken(each.id(), each.sentence(), examples));
            }
        }
        return broken;
    }
}
