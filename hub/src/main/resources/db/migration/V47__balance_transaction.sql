-- Stripe's statement: one row for each balance transaction, as Stripe says it. The books are made of them.
create table balance_transaction (
    account         text        not null,
    environment     text        not null check (environment in ('staging', 'production')),
    transaction_id  text        not null,
    kind            text        not null check (kind in ('payment', 'dispute', 'fee', 'tax', 'payout', 'other')),
    -- Stripe's own words
    type            text        not null,
    category        text        not null,
    -- whether it moves what GET /v1/balance shows as pending and available
    in_balance      boolean     not null,
    currency        text        not null check (currency ~ '^[A-Z]{3}$'),
    amount_minor    bigint      not null,
    fee_minor       bigint      not null,
    fee_tax_minor   bigint      not null,
    net_minor       bigint      not null check (net_minor = amount_minor - fee_minor),
    -- fee_details, as Stripe has them
    fees            text        not null,
    -- null where nothing was converted
    exchange_rate   numeric,
    source_id       text        not null,
    -- the payment, refund, dispute or payout that it is of
    reference       text        not null,
    source_currency text        not null check (source_currency ~ '^[A-Z]{3}$'),
    source_minor    bigint      not null,
    created_at      timestamptz not null,
    available_on    timestamptz not null,
    -- the day of the books, Europe/Paris: that of creation, or the one on which we learned of it when that was closed
    booked_on       date        not null,
    recorded_at     timestamptz not null,
    primary key (account, environment, transaction_id)
);
create index balance_transaction_booked
    on balance_transaction (environment, booked_on, created_at, account, transaction_id);
create index balance_transaction_other on balance_transaction (environment, booked_on) where kind = 'other' or not in_balance;

-- Since when the statement of an account is read; the days before have none.
create table statement (
    account       text        not null,
    environment   text        not null check (environment in ('staging', 'production')),
    began_on      date        not null,
    -- the day of the books on which what was there before is booked; null until it is known
    opened_on     date,
    -- when our sum and Stripe's balance were last the same
    agreed_at     timestamptz,
    -- since when they are not; null while they are
    differs_since timestamptz,
    primary key (account, environment)
);

-- What the transactions of an account add up to, by currency, moved in the transaction that stores them.
create table statement_balance (
    account       text   not null,
    environment   text   not null,
    currency      text   not null check (currency ~ '^[A-Z]{3}$'),
    -- Stripe's balance before the first day of the statement
    opening_minor bigint not null default 0,
    net_minor     bigint not null default 0,
    -- Stripe's balance when we last asked
    stripe_minor  bigint not null default 0,
    primary key (account, environment, currency),
    foreign key (account, environment) references statement (account, environment)
);

alter table stripe_place drop constraint stripe_place_task_check;
alter table stripe_place add constraint stripe_place_task_check check (task in ('events', 'objects', 'statement'));
-- Why it could not be looked at the last time; empty where it could.
alter table stripe_place add column trouble text not null default '';
