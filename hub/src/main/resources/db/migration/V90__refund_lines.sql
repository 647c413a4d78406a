-- For which lines of its order a refund is, as its own metadata says: place from 0 -> minor units, tax included.
alter table refund add column lines text not null default '{}';
-- As that metadata says it, '' for all.
alter table refund_request add column lines text not null default '';
