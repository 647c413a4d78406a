-- Runs of probes against a partner's test endpoint: all ten, or one published body. A run is worked off by one node under a
-- lease; a run whose lease has ended without it died with its node, and is shown as interrupted.
create table webhook_certification (
    partner_id       text        not null,
    certification_id text        not null,
    position         bigint      generated always as identity,
    endpoint_id      text        not null,
    url              text        not null,
    -- 'certification', or the event type of the one body that is sent
    scenario         text        not null,
    state            text        not null check (state in ('waiting', 'running', 'done', 'interrupted')),
    passed           boolean     not null default false,
    asked_by         text        not null,
    created_at       timestamptz not null,
    lease            uuid,
    lease_until      timestamptz,
    ended_at         timestamptz,
    primary key (partner_id, certification_id),
    check ((lease is not null) = (state = 'running') and (lease_until is not null) = (state = 'running')),
    check ((ended_at is not null) = (state in ('done', 'interrupted'))),
    check (not passed or state = 'done')
);
create unique index webhook_certification_position on webhook_certification (partner_id, position);
create index webhook_certification_waiting on webhook_certification (position) where state = 'waiting';
create index webhook_certification_done on webhook_certification (partner_id, endpoint_id, url, position)
    where scenario = 'certification' and state = 'done';
-- One at a time: two at once would each be a part of what the other sees.
create unique index webhook_certification_one on webhook_certification (partner_id, endpoint_id)
    where state in ('waiting', 'running');

-- What one probe sent and got; never changed.
create table webhook_probe (
    partner_id       text        not null,
    certification_id text        not null,
    number           integer     not null check (number between 1 and 20),
    probe            text        not null,
    verdict          text        not null,
    at               timestamptz not null,
    -- JSON: what each call of it sent and got, its first bytes, the partner's key masked
    calls            text        not null,
    primary key (partner_id, certification_id, number),
    foreign key (partner_id, certification_id) references webhook_certification
);
