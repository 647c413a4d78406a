-- What an order is looked for by: the names, in lower case, and Stripe ids of its products.
alter table paid_order add column products text[] not null default '{}';
update paid_order o
set products = array(
    select distinct word
    from jsonb_array_elements(o.content::jsonb -> 'lines') as line
    cross join lateral (values (lower(line ->> 'name')), (line ->> 'productId')) as words (word)
    where word <> '');
create index paid_order_products on paid_order using gin (products);

-- Serves the filters of a list without reading the orders that they leave out.
create index paid_order_sought on paid_order (environment, order_id desc)
    include (partner_id, currency, total_minor, billing_reason, paid_at);

-- Since when a subscription is known: the order of its list, which no event changes.
alter table subscription add column known_at timestamptz not null default now();
update subscription set known_at = as_of;
create index subscription_list on subscription (environment, known_at desc, subscription_id desc, partner_id desc, account desc);
create index subscription_list_partner on subscription
    (partner_id, environment, known_at desc, subscription_id desc, account desc);
create index subscription_email on subscription (lower(content::jsonb -> 'buyer' ->> 'email'));
create index webhook_notification_subject on webhook_notification (partner_id, subject, position)
    where order_id is null and subject <> '';
