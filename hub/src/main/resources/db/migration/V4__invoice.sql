-- An order that is owed an invoice. The row goes when the invoice is stored, in the same transaction.
create table invoice_request (
    partner_id  text        not null,
    order_id    bigint      not null,
    environment text        not null check (environment in ('staging', 'production')),
    seller_id   text        not null,
    prefix      text        not null,
    content     text        not null,
    due_at      timestamptz not null,
    attempts    integer     not null default 0,
    reason      text        not null default '',
    created_at  timestamptz not null,
    primary key (partner_id, order_id)
);
create index invoice_request_due on invoice_request (seller_id, environment, due_at, created_at, order_id);

-- The constant beginning of documents; kept for ever, since stored documents are only what follows it.
create table invoice_template (
    prefix_id text  primary key,
    prefix    bytea not null
);

-- One counter row per seller, environment, kind and year; locked by the transaction that stores the invoices.
create table invoice_series (
    seller_id   text    not null,
    environment text    not null check (environment in ('staging', 'production')),
    kind        text    not null check (kind in ('invoice', 'credit_note')),
    year        integer not null,
    prefix      text    not null,
    last_number bigint  not null default 0,
    last_date   date    not null,
    last_hash   bytea   not null,
    closed      boolean not null default false,
    primary key (seller_id, environment, kind, year)
);

create table invoice (
    partner_id     text        not null,
    order_id       bigint      not null,
    environment    text        not null check (environment in ('staging', 'production')),
    seller_id      text        not null,
    kind           text        not null check (kind in ('invoice', 'credit_note')),
    year           integer     not null,
    seq            bigint      not null,
    number         text        not null,
    issue_date     date        not null,
    currency       text        not null,
    total_minor    bigint      not null,
    tax_minor      bigint      not null,
    content        text        not null,
    content_sha256 bytea       not null,
    prefix_id      text        not null,
    pdf_tail       bytea       not null,
    pdf_sha256     bytea       not null,
    previous_hash  bytea       not null,
    entry_hash     bytea       not null,
    issued_at      timestamptz not null,
    primary key (partner_id, order_id, kind),
    unique (environment, number),
    unique (seller_id, environment, kind, year, seq)
);
create index invoice_newest on invoice (issued_at desc, number desc);
alter table invoice alter column pdf_tail set storage external;

-- Until when the signed link opens a document; moves with every notification that carries the link.
create table invoice_link (
    partner_id text        not null,
    order_id   bigint      not null,
    kind       text        not null,
    open_until timestamptz not null,
    primary key (partner_id, order_id, kind)
);

create function invoice_is_final() returns trigger language plpgsql as $$
begin
    raise exception 'an issued invoice is never changed nor deleted';
end $$;
create trigger invoice_is_final before update or delete on invoice
    for each row execute function invoice_is_final();
create trigger invoice_is_never_truncated before truncate on invoice
    for each statement execute function invoice_is_final();

-- Per series the numbers are exactly 1 … last and dates never go back, even when the code is wrong.
create function invoice_series_advances() returns trigger language plpgsql as $$
begin
    if new.last_number < old.last_number or new.last_date < old.last_date then
        raise exception 'series %/%/%/% cannot go back', old.seller_id, old.environment, old.kind, old.year;
    end if;
    return new;
end $$;
create trigger invoice_series_advances before update on invoice_series
    for each row execute function invoice_series_advances();

create function invoice_follows_the_former() returns trigger language plpgsql as $$
declare
    gaps bigint;
begin
    select count(*) into gaps
    from fresh f
    where f.seq > 1
      and not exists (
          select 1 from invoice p
          where p.seller_id = f.seller_id and p.environment = f.environment and p.kind = f.kind
            and p.year = f.year and p.seq = f.seq - 1
            and p.entry_hash = f.previous_hash and p.issue_date <= f.issue_date);
    if gaps > 0 then
        raise exception 'an invoice number must follow the former one of its series';
    end if;
    return null;
end $$;
create trigger invoice_follows_the_former after insert on invoice
    referencing new table as fresh for each statement execute function invoice_follows_the_former();
