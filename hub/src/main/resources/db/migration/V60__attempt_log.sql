-- One HTTP try; never changed. A day's tries are a table of their own, which is dropped as a whole once they are 90 days
-- old; what no day's table takes (a clock that is days off) goes to the last one.
alter table webhook_attempt rename to webhook_attempt_former;
alter index webhook_attempt_pkey rename to webhook_attempt_former_pkey;
create table webhook_attempt (
    partner_id        text        not null,
    notification_id   text        not null,
    number            integer     not null,
    at                timestamptz not null,
    url               text        not null,
    address           text        not null,
    status            integer     not null,
    error             text        not null,
    diagnosis         text        not null,
    request_headers   text        not null,
    answer_headers    text        not null,
    answer            text        not null,
    resolving_micros  bigint      not null,
    connecting_micros bigint      not null,
    tls_micros        bigint      not null,
    first_byte_micros bigint      not null,
    total_micros      bigint      not null,
    -- who had it sent again; empty where the schedule did
    asked_by          text        not null,
    primary key (partner_id, notification_id, number, at)
) partition by range (at);
create table webhook_attempt_other partition of webhook_attempt default;
insert into webhook_attempt (
    partner_id, notification_id, number, at, url, address, status, error, diagnosis, request_headers, answer_headers, answer,
    resolving_micros, connecting_micros, tls_micros, first_byte_micros, total_micros, asked_by)
select partner_id, notification_id, number, at, url, '', status, error, '', '', '', answer, 0, 0, 0, 0, latency_millis * 1000, ''
from webhook_attempt_former;
drop table webhook_attempt_former;

create function webhook_attempt_is_final() returns trigger language plpgsql as $$
begin
    raise exception 'an attempt to send a notification is never changed';
end $$;
create trigger webhook_attempt_is_final before update on webhook_attempt
    for each row execute function webhook_attempt_is_final();

alter table webhook_notification add column asked_by text not null default '';
