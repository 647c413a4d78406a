-- What Stripe's refunds name: the PaymentIntent, or the session or invoice where there is none.
alter table paid_order add column payment_reference text not null default '';
update paid_order set payment_reference = content::json -> 'payment' ->> 'reference';
alter table paid_order alter column payment_reference drop default;
create index paid_order_payment on paid_order (account, environment, payment_reference);

-- A refund as Stripe tells of it. "succeeded" stays true for ever, also when the bank sends the money back later;
-- "placed_minor" is what orders took of it.
create table refund (
    account           text        not null,
    environment       text        not null check (environment in ('staging', 'production')),
    refund_id         text        not null,
    payment_reference text        not null,
    charge_id         text        not null,
    named_order_id    bigint,
    amount_minor      bigint      not null check (amount_minor >= 0),
    currency          text        not null,
    status            text        not null check (status in ('pending', 'succeeded', 'failed', 'canceled')),
    succeeded         boolean     not null,
    placed_minor      bigint      not null default 0 check (placed_minor between 0 and amount_minor),
    reason            text        not null,
    failure_reason    text        not null,
    event_id          text        not null,
    refunded_at       timestamptz not null,
    recorded_at       timestamptz not null,
    primary key (account, environment, refund_id),
    check (succeeded or placed_minor = 0)
);
create index refund_payment on refund (account, environment, payment_reference);
create index refund_attention on refund (refunded_at desc, refund_id desc)
    where succeeded and (placed_minor < amount_minor or status in ('failed', 'canceled'));

-- What an order takes of a refund: each is one credit note.
create table order_refund (
    partner_id   text        not null,
    order_id     bigint      not null,
    refund_id    text        not null,
    account      text        not null,
    environment  text        not null check (environment in ('staging', 'production')),
    amount_minor bigint      not null check (amount_minor > 0),
    -- nothing of the order is left after it
    completes    boolean     not null,
    event_id     text        not null,
    created_at   timestamptz not null,
    primary key (partner_id, order_id, refund_id)
);
create index order_refund_order on order_refund (order_id);
create index order_refund_refund on order_refund (account, environment, refund_id);
