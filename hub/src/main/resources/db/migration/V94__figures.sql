-- What the first page of the console counts of a period is read from an index alone.
create index paid_order_figures on paid_order (environment, paid_at) include (partner_id, currency, total_minor);
create index invoice_figures on invoice (environment, issue_date) include (partner_id);
create index webhook_notification_delivered on webhook_notification (environment, created_at) include (partner_id)
    where state = 'delivered';
create index subscription_unpaid on subscription (environment, partner_id) where status in ('past_due', 'unpaid');

-- How many attempts of a day (of Paris) took how long, written in the transaction that records them: a row for each batch, so
-- that no two workers wait for each other. Rows of the same key are added up later. Bucket b is from 10^(b/10) to 10^((b+1)/10)
-- milliseconds, and bucket 0 all that is shorter.
create table webhook_tally (
    environment text     not null check (environment in ('staging', 'production')),
    day         date     not null,
    partner_id  text     not null,
    delivered   boolean  not null,
    bucket      smallint not null check (bucket between 0 and 60),
    attempts    bigint   not null check (attempts > 0)
);
create index webhook_tally_day on webhook_tally (environment, day) include (partner_id, delivered, bucket, attempts);
-- Most rows of a day are soon added up.
alter table webhook_tally set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);

insert into webhook_tally (environment, day, partner_id, delivered, bucket, attempts)
select n.environment, (a.at at time zone 'Europe/Paris')::date, a.partner_id, a.status between 200 and 299 and a.error = '',
    least(60, greatest(0, floor(10 * log(greatest(a.total_micros, 1)::double precision / 1000)))), count(*)
from webhook_attempt a
join webhook_notification n on n.partner_id = a.partner_id and n.notification_id = a.notification_id
group by 1, 2, 3, 4, 5;
