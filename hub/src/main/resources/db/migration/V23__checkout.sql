-- A partner's own connected account at Stripe, where it has one.
alter table partner add column stripe_account text unique check (stripe_account ~ '^acct_[A-Za-z0-9]{1,100}$');

-- POSTs that reach Stripe and are being done, or whose end is not known: the key that Stripe gets is stored before
-- the call, so that a repeat after a crash asks Stripe under the same one.
create table stripe_call (
    partner_id      text        not null,
    environment     text        not null check (environment in ('staging', 'production', '')),
    idempotency_key text        not null,
    request_sha256  bytea       not null,
    stripe_key      text        not null,
    busy_until      timestamptz not null,
    created_at      timestamptz not null,
    primary key (partner_id, environment, idempotency_key)
);
create index stripe_call_oldest on stripe_call (created_at);

-- The lines of the sessions that we made, with their products: "lines" is a list as Stripe's line_items.
create table checkout_session (
    partner_id  text        not null,
    session_id  text        not null,
    account     text        not null,
    environment text        not null check (environment in ('staging', 'production')),
    lines       text        not null,
    created_at  timestamptz not null,
    primary key (partner_id, session_id)
);
create unique index checkout_session_id on checkout_session (account, environment, session_id);
create index checkout_session_oldest on checkout_session (created_at);

-- Refunds that somebody asked us for, stored before Stripe is asked. "refund_id" is Stripe's, '' until it is known.
create table refund_request (
    partner_id   text        not null,
    order_id     bigint      not null,
    stripe_key   text        not null,
    amount_minor bigint      not null check (amount_minor > 0),
    reason       text        not null,
    refund_id    text        not null default '',
    state        text        not null check (state in ('asked', 'made', 'refused')),
    created_at   timestamptz not null,
    primary key (partner_id, order_id, stripe_key)
);
