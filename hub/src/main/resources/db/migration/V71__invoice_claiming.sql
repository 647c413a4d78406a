-- The first number that a writer is about to claim in the archive, said before it does. A writer that is frozen between the two
-- claims it when it wakes, perhaps days later: until documents from that number on are stored, by whomever, no day is closed that
-- they could be dated into.
alter table invoice_series add column claiming bigint not null default 0;
