-- How far we have looked at Stripe on our own, for each account: its events, and the objects behind them.
-- "done_until" moves only after what was found is stored; "due_at" is the end of the lease while one is held.
create table stripe_place (
    task        text        not null check (task in ('events', 'objects')),
    account     text        not null,
    environment text        not null check (environment in ('staging', 'production')),
    done_until  timestamptz not null,
    due_at      timestamptz not null,
    lease       uuid,
    primary key (task, account, environment)
);

-- What each comparison of Stripe's objects with ours gave.
create table reconciliation (
    account     text        not null,
    environment text        not null check (environment in ('staging', 'production')),
    ended_at    timestamptz not null,
    looked_at   integer     not null,
    missing     integer     not null,
    -- the first ids that were missing, separated by spaces
    objects     text        not null,
    primary key (account, environment, ended_at)
);
create index reconciliation_latest on reconciliation (environment, ended_at desc);
