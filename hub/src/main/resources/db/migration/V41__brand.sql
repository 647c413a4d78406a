-- Pictures of documents: named by what they are and never changed, as documents that were issued have them.
create table logo (
    logo_id text    primary key,
    width   integer not null check (width between 1 and 4096),
    height  integer not null check (height between 1 and 4096),
    samples bytea   not null
);

alter table partner
    add column primary_color text check (primary_color ~ '^#[0-9a-f]{6}$'),
    add column logo_id text references logo;
