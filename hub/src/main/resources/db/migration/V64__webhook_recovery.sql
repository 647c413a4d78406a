-- What somebody asked to have sent again to an endpoint: worked off in batches, each with its progress in one transaction, so
-- that a node that dies in the middle neither forgets nor repeats.
create table webhook_recovery (
    partner_id  text        not null,
    recovery_id text        not null,
    position    bigint      generated always as identity,
    environment text        not null check (environment in ('staging', 'production')),
    endpoint_id text        not null,
    since       timestamptz not null,
    -- exclusive
    until       timestamptz not null,
    statuses    text[]      not null check (statuses <@ '{failed,held,missing}' and statuses <> '{}'),
    per_second  integer     not null check (per_second between 1 and 1000),
    state       text        not null check (state in ('running', 'done', 'stopped')),
    reason      text        not null default '',
    -- where it reads, and how far it came there
    source      text        not null,
    cursor      text        not null default '',
    wanted      bigint      not null,
    done        bigint      not null default 0,
    asked_by    text        not null,
    created_at  timestamptz not null,
    next_at     timestamptz not null,
    ended_at    timestamptz,
    primary key (partner_id, recovery_id),
    check ((ended_at is null) = (state = 'running'))
);
create unique index webhook_recovery_id on webhook_recovery (recovery_id);
create unique index webhook_recovery_position on webhook_recovery (position);
create index webhook_recovery_running on webhook_recovery (next_at) where state = 'running';

create index webhook_notification_recoverable on webhook_notification (partner_id, endpoint_id, position)
    where state in ('failed', 'held');
