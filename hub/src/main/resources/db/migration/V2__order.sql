-- A paid Stripe object, for one partner. "content" is the whole fact; the columns beside it are what is searched.
create table paid_order (
    partner_id     text        not null,
    order_id       bigint      generated always as identity,
    environment    text        not null check (environment in ('staging', 'production')),
    account        text        not null,
    stripe_object  text        not null,
    event_id       text        not null,
    email          text        not null,
    currency       text        not null,
    total_minor    bigint      not null,
    tax_minor      bigint      not null,
    billing_reason text        not null,
    attention      text        not null,
    paid_at        timestamptz not null,
    created_at     timestamptz not null,
    content        text        not null,
    primary key (partner_id, order_id),
    unique (account, environment, stripe_object, partner_id)
);
create unique index paid_order_id on paid_order (order_id);
create index paid_order_email on paid_order (lower(email), order_id desc);
create index paid_order_event on paid_order (event_id);
create index paid_order_attention on paid_order (order_id desc) where attention <> '';
