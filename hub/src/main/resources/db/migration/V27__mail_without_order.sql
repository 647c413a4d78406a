-- A mail may be about a payment that never became an order.
alter table mail alter column order_id drop not null;
