-- Where a partner wants to be told. Secrets and the partner's own key are encrypted with the master key.
create table webhook_endpoint (
    partner_id       text        not null,
    endpoint_id      text        not null,
    position         bigint      generated always as identity,
    environment      text        not null check (environment in ('staging', 'production')),
    url              text        not null,
    secret           bytea       not null,
    old_secret       bytea,
    old_secret_until timestamptz,
    api_key          bytea,
    event_types      text[]      not null,
    description      text        not null,
    -- null: the configured time-out
    timeout_seconds  integer     check (timeout_seconds between 1 and 30),
    state            text        not null check (state in ('enabled', 'disabled', 'deleted')),
    disabled_reason  text        not null default '',
    failing_since    timestamptz,
    created_at       timestamptz not null,
    primary key (partner_id, endpoint_id),
    check ((old_secret is null) = (old_secret_until is null))
);
create unique index webhook_endpoint_id on webhook_endpoint (endpoint_id);
create index webhook_endpoint_position on webhook_endpoint (position) where state <> 'deleted';

-- One message owed to one endpoint. While a worker holds a row, "lease" names the worker's lane and due_at is the lease's end.
create table webhook_notification (
    partner_id      text        not null,
    notification_id text        not null,
    position        bigint      generated always as identity,
    environment     text        not null check (environment in ('staging', 'production')),
    -- empty while held because no endpoint wants it
    endpoint_id     text        not null,
    order_id        bigint,
    event_type      text        not null,
    event_id        text        not null,
    body            text        not null,
    state           text        not null check (state in ('pending', 'delivered', 'failed', 'held')),
    reason          text        not null default '',
    -- all attempts ever, and those of the present schedule, which a replay starts anew
    attempts        integer     not null default 0,
    step            integer     not null default 0,
    created_at      timestamptz not null,
    due_at          timestamptz not null,
    ended_at        timestamptz,
    lease           uuid,
    primary key (partner_id, notification_id),
    unique nulls not distinct (partner_id, endpoint_id, event_id, event_type, order_id),
    check (state = 'pending' or lease is null),
    check ((ended_at is null) = (state in ('pending', 'held'))),
    check (state = 'held' or endpoint_id <> '')
);
-- A queue: most rows are dead or changed soon after they were written.
alter table webhook_notification set (
    fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
create unique index webhook_notification_id on webhook_notification (notification_id);
create index webhook_notification_due on webhook_notification (partner_id, endpoint_id, due_at, position) where state = 'pending';
create index webhook_notification_held on webhook_notification (partner_id, endpoint_id, position) where state = 'held';
-- Its condition is not that of the other indexes, so that the planner can't take one of them for it.
create index webhook_notification_former on webhook_notification (partner_id, endpoint_id, order_id, position)
    where ended_at is null and order_id is not null;
create index webhook_notification_leased on webhook_notification (partner_id, endpoint_id, lease) where lease is not null;
create index webhook_notification_feed on webhook_notification (partner_id, position);
create unique index webhook_notification_position on webhook_notification (position);
create index webhook_notification_order on webhook_notification (order_id) where order_id is not null;

-- One HTTP try; never changed.
create table webhook_attempt (
    partner_id      text        not null,
    notification_id text        not null,
    number          integer     not null,
    at              timestamptz not null,
    url             text        not null,
    status          integer     not null,
    latency_millis  bigint      not null,
    error           text        not null,
    answer          text        not null,
    primary key (partner_id, notification_id, number)
);
