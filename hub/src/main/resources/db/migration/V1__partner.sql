create table partner (
    partner_id    text        primary key,
    slug          text        not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{1,39}$'),
    name          text        not null,
    contact_email text        not null,
    locale        text        not null check (locale in ('fr', 'en')),
    created_at    timestamptz not null
);

-- Keys are kept as SHA-256 only. The operator's keys belong to no partner.
create table api_key (
    key_id       text        primary key,
    kind         text        not null check (kind in ('operator', 'partner')),
    partner_id   text        references partner,
    environment  text        check (environment in ('staging', 'production')),
    sha256       bytea       not null unique,
    created_at   timestamptz not null,
    last_used_at timestamptz,
    revoked_at   timestamptz,
    check ((kind = 'partner') = (partner_id is not null and environment is not null))
);
create index api_key_partner on api_key (partner_id, created_at);
