-- What is told of a dispute at its two ends, with the words of that moment. A row of its own: the order's invoice, which
-- the notification carries, may be issued later.
create table dispute_telling (
    partner_id   text        not null,
    order_id     bigint      not null,
    dispute_id   text        not null,
    stage        text        not null check (stage in ('opened', 'closed')),
    event_id     text        not null,
    amount_minor bigint      not null,
    currency     text        not null,
    reason       text        not null,
    status       text        not null,
    at           timestamptz not null,
    primary key (partner_id, order_id, dispute_id, stage)
);
create index dispute_telling_order on dispute_telling (order_id);
insert into dispute_telling (partner_id, order_id, dispute_id, stage, event_id, amount_minor, currency, reason, status, at)
select d.partner_id, d.order_id, d.dispute_id, s.stage, '', d.amount_minor, d.currency, d.reason, d.status, d.as_of
from dispute d
join (values ('opened'), ('closed')) as s (stage)
    on (s.stage = 'opened' and d.told_opened) or (s.stage = 'closed' and d.told_closed);
alter table dispute drop column told_opened, drop column told_closed;
