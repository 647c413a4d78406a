-- Stripe's events as they came, before they are read. A row is durable before Stripe gets its 200.
create table stripe_event (
    account       text        not null,
    environment   text        not null check (environment in ('staging', 'production')),
    event_id      text        not null,
    type          text        not null,
    api_version   text        not null,
    event_created timestamptz not null,
    body          bytea       not null,
    received_at   timestamptz not null,
    state         text        not null check (state in ('pending', 'done', 'ignored', 'attention')),
    reason        text        not null default '',
    attempts      integer     not null default 0,
    due_at        timestamptz not null,
    lease         uuid,
    primary key (account, environment, event_id)
);
create index stripe_event_due on stripe_event (due_at) where state = 'pending';
create index stripe_event_attention on stripe_event (environment, received_at)
    where state = 'attention' or (state = 'pending' and reason <> '' and attempts > 1);
