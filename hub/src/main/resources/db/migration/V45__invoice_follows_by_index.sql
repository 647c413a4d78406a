-- The rows of one statement are compared with each other; only what follows none of them is looked up. The plan of a
-- trigger is made at its first call and kept, when "invoice" may be empty yet: without these settings it then went on
-- reading the whole table for every batch.
create or replace function invoice_follows_the_former() returns trigger language plpgsql
    set enable_seqscan = off
    set enable_hashjoin = off
    set enable_mergejoin = off
as $$
declare
    head record;
begin
    for head in
        select seller_id, environment, kind, year, seq, previous_hash, issue_date
        from (
            select seller_id, environment, kind, year, seq, previous_hash, issue_date,
                lag(seq) over series as former_seq,
                lag(entry_hash) over series as former_hash,
                lag(issue_date) over series as former_date
            from fresh
            window series as (partition by seller_id, environment, kind, year order by seq)) as f
        where seq > 1
          and (former_seq is distinct from seq - 1 or former_hash <> previous_hash or former_date > issue_date)
    loop
        perform 1
        from invoice p
        where p.seller_id = head.seller_id and p.environment = head.environment and p.kind = head.kind
            and p.year = head.year and p.seq = head.seq - 1
            and p.entry_hash = head.previous_hash and p.issue_date <= head.issue_date;
        if not found then
            raise exception 'an invoice number must follow the former one of its series';
        end if;
    end loop;
    return null;
end $$;

alter function credit_notes_stay_within_their_invoice() set enable_seqscan = off;
alter function credit_notes_stay_within_their_invoice() set enable_hashjoin = off;
alter function credit_notes_stay_within_their_invoice() set enable_mergejoin = off;
