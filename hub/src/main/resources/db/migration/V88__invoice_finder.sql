-- What an issued document is found by: its buyer's name, address, SIREN, its order, its number. Written from the ledger after
-- the document was issued, so that numbering waits for none of these indexes; it proves nothing and can be made again.
create table invoice_finder (
    partner_id  text        not null,
    environment text        not null check (environment in ('staging', 'production')),
    kind        text        not null check (kind in ('invoice', 'credit_note')),
    year        integer     not null,
    number      text        not null,
    issue_date  date        not null,
    issued_at   timestamptz not null,
    buyer       text        not null,
    email       text        not null,
    words       tsvector    not null,
    primary key (partner_id, environment, issue_date, issued_at, number)
);
create index invoice_finder_newest on invoice_finder (environment, issue_date, issued_at, number);
create index invoice_finder_credit on invoice_finder (environment, partner_id, issue_date, issued_at, number) where kind = 'credit_note';
create index invoice_finder_words on invoice_finder using gin (words);

-- Up to which number of a series that was done.
create table invoice_finder_stand (
    seller_id   text    not null,
    environment text    not null,
    kind        text    not null,
    year        integer not null,
    last_number bigint  not null,
    primary key (seller_id, environment, kind, year)
);
