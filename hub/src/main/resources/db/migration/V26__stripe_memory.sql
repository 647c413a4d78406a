-- The payment whose order an event waits for; empty where it waits for nothing.
alter table stripe_event add column waits_for text not null default '';
create index stripe_event_waiting on stripe_event (waits_for) where waits_for <> '';

-- The session that began a subscription: its later invoices say nothing of what the buyer was asked there.
create table subscription_start (
    account         text        not null,
    environment     text        not null check (environment in ('staging', 'production')),
    subscription_id text        not null,
    session_id      text        not null,
    content         text        not null,
    seen_at         timestamptz not null,
    primary key (account, environment, subscription_id)
);

-- The invoice that a mode-payment session made: it is the session's order, not a second one.
create table session_invoice (
    account     text not null,
    environment text not null check (environment in ('staging', 'production')),
    invoice_id  text not null,
    session_id  text not null,
    primary key (account, environment, invoice_id)
);
