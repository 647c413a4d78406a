-- An order has one invoice, and one credit note for each refund: "refund_id" is empty for the invoice.
alter table invoice_request add column kind text not null default 'invoice' check (kind in ('invoice', 'credit_note'));
alter table invoice_request add column refund_id text not null default '';
alter table invoice_request alter column kind drop default;
alter table invoice_request alter column refund_id drop default;
alter table invoice_request drop constraint invoice_request_pkey;
alter table invoice_request add primary key (partner_id, order_id, kind, refund_id);
alter table invoice_request add check ((kind = 'credit_note') = (refund_id <> ''));
drop index invoice_request_due;
create index invoice_request_due on invoice_request (seller_id, environment, kind, due_at, created_at, order_id);

-- "refers_to" is the number of the invoice that a credit note corrects, empty for an invoice.
alter table invoice add column refund_id text not null default '';
alter table invoice add column refers_to text not null default '';
alter table invoice alter column refund_id drop default;
alter table invoice alter column refers_to drop default;
alter table invoice drop constraint invoice_pkey;
alter table invoice add primary key (partner_id, order_id, kind, refund_id);
alter table invoice add check ((kind = 'credit_note') = (refund_id <> '' and refers_to <> ''));
create index invoice_order on invoice (order_id);

alter table invoice_link add column refund_id text not null default '';
alter table invoice_link alter column refund_id drop default;
alter table invoice_link drop constraint invoice_link_pkey;
alter table invoice_link add primary key (partner_id, order_id, kind, refund_id);

-- Credit notes never exceed their invoice, even when the code is wrong.
create function credit_notes_stay_within_their_invoice() returns trigger language plpgsql as $$
begin
    if exists (
        select 1
        from (select distinct partner_id, order_id from fresh where kind = 'credit_note') as credited
        left join invoice i
            on i.partner_id = credited.partner_id and i.order_id = credited.order_id and i.kind = 'invoice'
        where i.number is null
            or i.total_minor < (
                select sum(c.total_minor) from invoice c
                where c.partner_id = i.partner_id and c.order_id = i.order_id and c.kind = 'credit_note')
            or exists (
                select 1 from invoice c
                where c.partner_id = i.partner_id and c.order_id = i.order_id and c.kind = 'credit_note'
                    and (c.refers_to <> i.number or c.environment <> i.environment or c.seller_id <> i.seller_id))) then
        raise exception 'credit notes can not exceed the invoice that they refer to';
    end if;
    return null;
end $$;
create trigger credit_notes_stay_within_their_invoice after insert on invoice
    referencing new table as fresh for each statement execute function credit_notes_stay_within_their_invoice();

-- One event may tell of several refunds of an order: each is told to the partner. "subject" is the refund, or empty.
alter table webhook_notification add column subject text not null default '';
alter table webhook_notification alter column subject drop default;
alter table webhook_notification
    drop constraint webhook_notification_partner_id_endpoint_id_event_id_event__key;
alter table webhook_notification
    add unique nulls not distinct (partner_id, endpoint_id, event_id, event_type, order_id, subject);

-- A failed refund is also looked at where it never succeeded: the buyer got nothing.
drop index refund_attention;
create index refund_attention on refund (refunded_at desc, refund_id desc)
    where status = 'failed' or succeeded and (placed_minor < amount_minor or status = 'canceled');
