-- Names this database in the archive, also after it is restored from a backup.
create table installation (
    only_one        boolean primary key default true check (only_one),
    installation_id text    not null
);
insert into installation (installation_id) values (replace(gen_random_uuid()::text, '-', ''));

-- Which object of the archive holds which numbers; written in the transaction that stores the documents.
create table archive_batch (
    seller_id   text        not null,
    environment text        not null check (environment in ('staging', 'production')),
    kind        text        not null check (kind in ('invoice', 'credit_note')),
    year        integer     not null,
    first_seq   bigint      not null,
    last_seq    bigint      not null check (last_seq >= first_seq),
    object_key  text        not null unique,
    sha256      bytea       not null,
    stored_at   timestamptz not null,
    primary key (seller_id, environment, kind, year, first_seq)
);
create trigger archive_batch_is_final before update or delete on archive_batch
    for each row execute function invoice_is_final();
create trigger archive_batch_is_never_truncated before truncate on archive_batch
    for each statement execute function invoice_is_final();

-- The dictionary that "pdf_tail" was deflated with, a row of invoice_template; empty where it is stored as it is.
alter table invoice add column dictionary_id text not null default '';
