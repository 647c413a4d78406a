-- The next documents of a series are found without sorting all that wait, however many those are.
drop index invoice_request_due;
create index invoice_request_turn on invoice_request (seller_id, environment, kind, created_at, order_id, refund_id);
