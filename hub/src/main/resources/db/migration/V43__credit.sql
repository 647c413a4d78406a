-- Orders are found by their subscription: a Stripe invoice below zero credits those.
alter table paid_order add column subscription_id text not null default '';
update paid_order set subscription_id = coalesce(content::json ->> 'subscriptionId', '');
alter table paid_order alter column subscription_id drop default;
drop index paid_order_subscription;
create index paid_order_subscription on paid_order (account, environment, subscription_id) where subscription_id <> '';

-- A credit is a refund without a Stripe refund: its id is that of the Stripe invoice (below zero, or reduced before it was
-- paid) or credit note that gave it, and "payment_reference" may be a subscription. "means" is empty for refunds.
alter table refund add column means text not null default '' check (means in ('', 'balance', 'out_of_band', 'reduction'));
alter table refund add column credited_partner text not null default '';
alter table refund add column credited_object text not null default '';
-- Which products Stripe gave it for, and how much of each: a JSON object, empty where it does not say.
alter table refund add column products text not null default '{}';

-- What of a Stripe object was paid, and how, as Stripe says; its orders add up to all of it. The balance is negative where a
-- debt of the customer was charged on top.
create table receipt (
    account         text        not null,
    environment     text        not null check (environment in ('staging', 'production')),
    stripe_object   text        not null,
    currency        text        not null,
    captured_minor  bigint      not null check (captured_minor >= 0),
    elsewhere_minor bigint      not null check (elsewhere_minor >= 0),
    balance_minor   bigint      not null,
    recorded_at     timestamptz not null,
    primary key (account, environment, stripe_object)
);
