-- Signs closings; the private half is encrypted with the master key.
create table ledger_key (
    key_id      text        primary key,
    public_key  bytea       not null,
    private_key bytea       not null,
    created_at  timestamptz not null
);

-- Closings of days, months and years: one chain per seller and environment (BOI-TVA-DECLA-30-10-30, § 170).
create table closing (
    seller_id     text   not null,
    environment   text   not null check (environment in ('staging', 'production')),
    seq           bigint not null,
    period        text   not null check (period in ('day', 'month', 'year')),
    first_day     date   not null,
    last_day      date   not null check (last_day >= first_day),
    content       text   not null,
    previous_hash bytea  not null,
    closing_hash  bytea  not null,
    key_id        text   not null references ledger_key,
    signature     bytea  not null,
    primary key (seller_id, environment, seq),
    unique (seller_id, environment, period, last_day)
);

-- What happened to the system itself, chained as the documents are.
create table journal (
    seq           bigint      primary key,
    at            timestamptz not null,
    kind          text        not null,
    detail        text        not null,
    previous_hash bytea       not null,
    entry_hash    bytea       not null
);
create table journal_head (
    only_one   boolean primary key default true check (only_one),
    last_seq   bigint  not null,
    last_hash  bytea   not null
);
insert into journal_head (last_seq, last_hash) values (0, '\x0000000000000000000000000000000000000000000000000000000000000000');

create function record_is_final() returns trigger language plpgsql as $$
begin
    raise exception '% is only ever added to', tg_table_name;
end $$;
create trigger closing_is_final before update or delete on closing
    for each row execute function record_is_final();
create trigger closing_is_never_truncated before truncate on closing
    for each statement execute function record_is_final();
create trigger journal_is_final before update or delete on journal
    for each row execute function record_is_final();
create trigger journal_is_never_truncated before truncate on journal
    for each statement execute function record_is_final();
create trigger ledger_key_is_final before update or delete on ledger_key
    for each row execute function record_is_final();

-- No document is ever dated into a day that was closed, even when the code is wrong.
create function invoice_is_after_closings() returns trigger language plpgsql as $$
begin
    if exists (
        select 1
        from (
            select seller_id, environment, min(issue_date) as first_date from fresh group by seller_id, environment) as f
        join closing c on c.seller_id = f.seller_id and c.environment = f.environment
            and c.period = 'day' and c.last_day >= f.first_date) then
        raise exception 'a document can not be dated into a closed day';
    end if;
    return null;
end $$;
create trigger invoice_is_after_closings after insert on invoice
    referencing new table as fresh for each statement execute function invoice_is_after_closings();
