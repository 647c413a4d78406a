-- Who signs in to the console. An address is kept in lower case: one mailbox is one person.
create table person (
    person_id   text        primary key,
    email       text        not null unique check (email = lower(email)),
    name        text        not null,
    language    text        not null check (language in ('fr', 'en')),
    created_at  timestamptz not null,
    disabled_at timestamptz
);

-- What a person may do, and where: with one partner, or with the whole hub ('*').
create table membership (
    partner_id text        not null check (partner_id = '*' or partner_id like 'part\_%'),
    person_id  text        not null references person,
    role       text        not null check (role in ('administrator', 'management', 'developer', 'reader')),
    created_at timestamptz not null,
    primary key (partner_id, person_id)
);
create index membership_person on membership (person_id);

-- The token is in the mail and nowhere else; one that is sent again gets a new one.
create table invitation (
    partner_id    text        not null check (partner_id = '*' or partner_id like 'part\_%'),
    invitation_id text        not null,
    email         text        not null check (email = lower(email)),
    role          text        not null check (role in ('administrator', 'management', 'developer', 'reader')),
    token_sha256  bytea       not null unique,
    invited_by    text        not null,
    created_at    timestamptz not null,
    expires_at    timestamptz not null,
    accepted_at   timestamptz,
    revoked_at    timestamptz,
    primary key (partner_id, invitation_id),
    check (accepted_at is null or revoked_at is null)
);
create unique index invitation_open on invitation (partner_id, email) where accepted_at is null and revoked_at is null;

create table sign_in_link (
    token_sha256 bytea       primary key,
    person_id    text        not null references person,
    created_at   timestamptz not null,
    expires_at   timestamptz not null,
    used_at      timestamptz
);
create index sign_in_link_person on sign_in_link (person_id, created_at);

-- A mail to one who signs in carries a token: its bodies are encrypted, and no page shows them.
alter table mail drop constraint mail_audience_check;
alter table mail add constraint mail_audience_check check (audience in ('buyer', 'us', 'person'));
