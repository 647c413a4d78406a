-- An endpoint that keeps failing is left alone for a while: calls that failed in a row, how often in a row its circuit opened,
-- until when nothing is sent to it (null: the circuit is closed), and until when it asked to be left alone (Retry-After).
alter table webhook_endpoint
    add column failures integer not null default 0,
    add column openings integer not null default 0,
    add column open_until timestamptz,
    add column asked_until timestamptz,
    add constraint webhook_endpoint_circuit check (open_until is null or openings > 0);
