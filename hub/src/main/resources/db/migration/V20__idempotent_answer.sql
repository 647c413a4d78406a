-- Answers to POSTs that carried an Idempotency-Key, kept 24 hours. Operators' rows have no partner and no environment: ''.
-- The answer is encrypted: it may show a secret that is shown once.
create table idempotent_answer (
    partner_id      text        not null,
    environment     text        not null check (environment in ('staging', 'production', '')),
    idempotency_key text        not null,
    request_sha256  bytea       not null,
    status          integer     not null,
    media_type      text        not null,
    body            bytea       not null,
    created_at      timestamptz not null,
    primary key (partner_id, environment, idempotency_key)
);
create index idempotent_answer_oldest on idempotent_answer (created_at);
