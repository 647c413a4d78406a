-- New documents go to the end of this index; read backwards it is the same order.
drop index invoice_newest;
create index invoice_newest on invoice (issued_at, number);

-- A document of a few lines stays in its row as it is, two rows a page: deflating its content and moving its tail aside
-- took longer than all the rest of its insert. Larger ones still are.
alter table invoice set (toast_tuple_target = 4080);
alter table invoice_request set (toast_tuple_target = 4080);
