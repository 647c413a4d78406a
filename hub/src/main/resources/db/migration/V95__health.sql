-- The last event that came, found without looking through all of them.
create index stripe_event_received on stripe_event (environment, received_at);

-- The nodes that share this database, as each says of itself every half minute.
create table hub_node (
    node_id    uuid        primary key,
    host       text        not null,
    version    text        not null,
    started_at timestamptz not null,
    seen_at    timestamptz not null
);
