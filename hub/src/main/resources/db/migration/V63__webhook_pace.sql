-- What a partner sets: how many calls a second at most, over all nodes (each claim takes the next places in time), and a pause.
alter table webhook_endpoint
    add column rate_per_second integer check (rate_per_second between 1 and 1000),
    add column next_slot_at timestamptz,
    drop constraint webhook_endpoint_state_check,
    add constraint webhook_endpoint_state_check check (state in ('enabled', 'paused', 'disabled', 'deleted'));
