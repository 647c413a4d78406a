-- What the checklist of an integration asks: which event types a test endpoint took, and when last.
create index webhook_notification_taken on webhook_notification (partner_id, endpoint_id, event_type, ended_at)
    where state = 'delivered' and environment = 'staging';

-- How far the last check of an endpoint's address came.
create table webhook_address_check (
    partner_id  text        not null,
    endpoint_id text        not null,
    url         text        not null,
    at          timestamptz not null,
    -- the step that failed, empty where an answer came
    failed_at   text        not null,
    problem     text        not null,
    diagnosis   text        not null,
    status      integer     not null,
    primary key (partner_id, endpoint_id)
);
