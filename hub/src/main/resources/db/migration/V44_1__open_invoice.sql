-- Invoices that Stripe's list showed as open: those of delayed payments are paid days after they were made, and the
-- nightly comparison asks for each again until it ended.
create table open_invoice (
    account     text        not null,
    environment text        not null check (environment in ('staging', 'production')),
    invoice_id  text        not null,
    seen_at     timestamptz not null,
    primary key (account, environment, invoice_id)
);
create index open_invoice_seen on open_invoice (account, environment, seen_at);

create index pending_order_awaiting on pending_order (account, environment, created_at) where state = 'awaiting';
