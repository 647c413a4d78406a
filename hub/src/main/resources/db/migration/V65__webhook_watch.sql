-- What is to be said of an endpoint by mail, and was: a cause is written in the transaction that makes it, and marked as said
-- in the one that owes the mails.
create table webhook_watch (
    partner_id            text        not null,
    endpoint_id           text        not null,
    -- the last attempt that failed, to half a minute, and why
    failed_at             timestamptz,
    reason                text        not null default '',
    diagnosis             text        not null default '',
    -- the last that ended a time of failures
    succeeded_at          timestamptz,
    first_failure_at      timestamptz,
    first_failure_said_at timestamptz,
    -- notifications that failed for good since the last mail
    unsaid_failed         integer     not null default 0,
    failed_said_at        timestamptz,
    -- the failing_since of the endpoint that was said
    stalled_said_for      timestamptz,
    disabled_at           timestamptz,
    disabled_reason       text        not null default '',
    disabled_said_at      timestamptz,
    -- since when its partner knows of trouble, and not yet of its end
    alarmed_at            timestamptz,
    certificate_looked_at timestamptz,
    certificate_ends_at   timestamptz,
    certificate_said_for  timestamptz,
    primary key (partner_id, endpoint_id)
);

-- A mail to a partner or to the operator about an endpoint goes to them in staging too: it is no buyer's.
alter table mail add column audience text not null default 'buyer' check (audience in ('buyer', 'us'));
