-- What Stripe last said of a subscription, for each partner whose products are in it.
create table subscription (
    partner_id         text        not null,
    account            text        not null,
    environment        text        not null check (environment in ('staging', 'production')),
    subscription_id    text        not null,
    status             text        not null,
    current_period_end timestamptz,
    cancel_at          timestamptz,
    canceled_at        timestamptz,
    content            text        not null,
    as_of              timestamptz not null,
    primary key (partner_id, account, environment, subscription_id)
);
create index subscription_id on subscription (subscription_id);

-- What a partner was told once and is not told again: its creation, its end, a failed attempt to be paid.
create table subscription_told (
    partner_id      text not null,
    account         text not null,
    environment     text not null,
    subscription_id text not null,
    what            text not null,
    primary key (partner_id, account, environment, subscription_id, what)
);

create table dispute (
    partner_id   text        not null,
    order_id     bigint      not null,
    dispute_id   text        not null,
    environment  text        not null check (environment in ('staging', 'production')),
    amount_minor bigint      not null,
    currency     text        not null,
    reason       text        not null,
    status       text        not null,
    closed       boolean     not null,
    told_opened  boolean     not null default false,
    told_closed  boolean     not null default false,
    as_of        timestamptz not null,
    primary key (partner_id, order_id, dispute_id)
);

-- An order whose money is not there yet (SEPA debit and other delayed methods), or never came.
create table pending_order (
    partner_id    text        not null,
    account       text        not null,
    environment   text        not null check (environment in ('staging', 'production')),
    stripe_object text        not null,
    state         text        not null check (state in ('awaiting', 'failed', 'paid')),
    reason        text        not null,
    email         text        not null,
    currency      text        not null,
    total_minor   bigint      not null,
    created_at    timestamptz not null,
    primary key (partner_id, account, environment, stripe_object)
);
create index pending_order_open on pending_order (environment, created_at) where state <> 'paid';

create index paid_order_subscription on paid_order ((content::jsonb ->> 'subscriptionId'))
    where billing_reason <> 'one_time';
