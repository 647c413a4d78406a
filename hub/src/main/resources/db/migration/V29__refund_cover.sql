-- A refund that fails after it had succeeded leaves a credit note without money behind it. A refund that succeeds later
-- stands behind it in its place: so much of what "covered_by" gave back is of that credit note, and makes none of its own.
create table refund_cover (
    partner_id   text        not null,
    order_id     bigint      not null,
    refund_id    text        not null,
    covered_by   text        not null check (covered_by <> refund_id),
    account      text        not null,
    environment  text        not null check (environment in ('staging', 'production')),
    amount_minor bigint      not null check (amount_minor > 0),
    created_at   timestamptz not null,
    primary key (partner_id, order_id, refund_id, covered_by),
    foreign key (partner_id, order_id, refund_id) references order_refund (partner_id, order_id, refund_id)
);
create index refund_cover_order on refund_cover (order_id);

-- What of credit notes has no money behind it now: their refund's came back, and no other took its place or that failed too.
create view unfunded_refund as
select t.partner_id, t.order_id, t.refund_id, t.account, t.environment, r.payment_reference, r.currency, r.refunded_at,
    t.completes, t.amount_minor - coalesce(behind.minor, 0) as amount_minor
from order_refund t
join refund r on r.account = t.account and r.environment = t.environment and r.refund_id = t.refund_id
left join lateral (
    select sum(c.amount_minor) as minor
    from refund_cover c
    join refund b on b.account = c.account and b.environment = c.environment and b.refund_id = c.covered_by
    where c.partner_id = t.partner_id and c.order_id = t.order_id and c.refund_id = t.refund_id
        and b.status = 'succeeded') as behind on true
where r.status in ('failed', 'canceled') and t.amount_minor > coalesce(behind.minor, 0);
