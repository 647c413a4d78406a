-- What ConsoleLedger puts beside the documents of FilledLedger, one statement after the other, each ended by a line of its own.
-- console_given: content (an order as the hub keeps it, paid on 2000-01-01, of one line of 8332 and 1667).
set work_mem = '64MB'
;
create temporary table console_order as
select partner_id, order_id, number, issued_at as at, order_id % 12 as article,
    case when order_id % 333 = 0 then 'fidele@exemple.example' else 'client' || order_id % 20000 || '@exemple.example' end as email,
    case when order_id % 10 = 0 then 'sub_bench' || order_id % 25000 || case partner_id when 'part_other' then 'x' else '' end
        else '' end as subscription
from invoice
where kind = 'invoice'
;
insert into paid_order (
    partner_id, order_id, environment, account, stripe_object, event_id, email, currency, total_minor, tax_minor, billing_reason,
    attention, paid_at, payment_reference, subscription_id, created_at, content, products)
overriding system value
select partner_id, order_id, 'production', '', 'cs_bench' || order_id, 'evt_bench' || order_id, email, 'EUR',
    1200 * (article + 1), 200 * (article + 1), case subscription when '' then 'one_time' else 'subscription_cycle' end,
    case when order_id % 500 = 0 then 'price-tiers-too-many' else '' end,
    at, 'pi_bench' || order_id, subscription, at,
    replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(given.content,
        'Zoé Lefèvre', 'Zoé Lefèvre ' || order_id % 20000), 'client@exemple.example', email), 'cs_bench', 'cs_bench' || order_id),
        'evt_bench', 'evt_bench' || order_id), 'pi_bench', 'pi_bench' || order_id), '8332', (1000 * (article + 1))::text),
        '1667', (200 * (article + 1))::text), 'prod_1', 'prod_bench' || article), 'Complète', 'Complète n° ' || article),
        '2000-01-01T00:00:00Z', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')),
    array['prod_bench' || article, 'déclaration – formule « complète n° ' || article || ' »']
from console_order
cross join console_given given
;
select setval(pg_get_serial_sequence('paid_order', 'order_id'), (select max(order_id) from paid_order))
;
insert into order_refund (partner_id, order_id, refund_id, account, environment, amount_minor, completes, event_id, created_at)
select partner_id, order_id, 're_bench' || order_id, '', 'production', case when order_id % 200 = 50 then 1200 * (article + 1) else 500 end,
    order_id % 200 = 50, 'evt_refund' || order_id, at + interval '1 day'
from console_order
where order_id % 100 = 50
;
insert into refund (
    account, environment, refund_id, payment_reference, charge_id, named_order_id, amount_minor, currency, status, succeeded,
    placed_minor, reason, failure_reason, event_id, refunded_at, recorded_at)
select account, environment, refund_id, 'pi_bench' || order_id, 'ch_bench' || order_id, null, amount_minor, 'EUR', 'succeeded', true,
    amount_minor, 'requested_by_customer', '', event_id, created_at, created_at
from order_refund
;
insert into dispute (partner_id, order_id, dispute_id, environment, amount_minor, currency, reason, status, closed, as_of)
select partner_id, order_id, 'dp_bench' || order_id, 'production', 1200 * (article + 1), 'EUR', 'fraudulent', 'lost', true, at
from console_order
where order_id % 1000 = 7
;
insert into subscription (
    partner_id, account, environment, subscription_id, status, current_period_end, cancel_at, canceled_at, content, as_of, known_at)
select partner_id, '', 'production', subscription,
    case max(order_id) % 8 when 0 then 'canceled' when 2 then 'past_due' else 'active' end,
    max(at) + interval '1 year', case max(order_id) % 8 when 4 then max(at) + interval '1 year' end, null,
    json_build_object('buyer', (select content::json -> 'buyer' from paid_order o where o.order_id = max(c.order_id)))::text,
    max(at), min(at)
from console_order c
where subscription <> ''
group by partner_id, subscription
;
-- Two endpoints of the one partner, the second of which wants every other order, and one of the other partner.
insert into webhook_notification (
    partner_id, notification_id, environment, endpoint_id, order_id, event_type, event_id, subject, body, state, reason, attempts,
    last_status, created_at, due_at, ended_at)
select o.partner_id, 'msg_bench' || o.order_id || 'x' || e.place, 'production', e.endpoint_id, o.order_id, 'order.created',
    'evt_bench' || o.order_id, '', o.content, state, case state when 'failed' then 'HTTP 500' else '' end, 2,
    case state when 'delivered' then 200 else 500 end, o.created_at, o.created_at, o.created_at + interval '5 seconds'
from paid_order o
join (
    select partner_id, endpoint_id, row_number() over (partition by partner_id order by position) as place
    from webhook_endpoint) e on e.partner_id = o.partner_id and (e.place = 1 or o.order_id % 2 = 0)
cross join lateral (select case when o.order_id % 300 = 0 then 'failed' else 'delivered' end as state) as ended
order by o.order_id
;
insert into webhook_attempt (
    partner_id, notification_id, number, at, url, address, status, error, diagnosis, request_headers, answer_headers, answer,
    resolving_micros, connecting_micros, tls_micros, first_byte_micros, total_micros, asked_by)
select partner_id, notification_id, number, created_at + number * interval '2 seconds', 'http://127.0.0.1:9/hook', '127.0.0.1',
    case number when 2 then last_status else 500 end, '', '', 'Content-Type: application/json', 'Content-Type: text/plain', 'ok',
    0, 300, 0, 20000, 20000 + order_id % 400 * 2000, ''
from webhook_notification
cross join generate_series(1, 2) as number
where order_id is not null
;
insert into webhook_tally (environment, day, partner_id, delivered, bucket, attempts)
select 'production', (at at time zone 'Europe/Paris')::date, partner_id, status = 200,
    least(60, greatest(0, floor(10 * log(total_micros::double precision / 1000)))), count(*)
from webhook_attempt
group by 1, 2, 3, 4, 5
;
insert into mail (
    partner_id, environment, key, recipient, mail_id, order_id, message_id, sender, deliver_to, subject, text_body, html_body,
    attachment, state, reason, attempts, created_at, first_attempt_at, due_at, ended_at)
select partner_id, 'production', number, email, 'mail_bench' || order_id, order_id, '<bench' || order_id || '@example.com>',
    'factures@example.com', email, 'Votre facture ' || number, repeat('Bonjour, voici votre facture. ', 20),
    repeat('<p>Bonjour, voici votre facture.</p>', 100), number,
    case when order_id % 2000 = 0 then 'failed' when order_id % 2000 = 1 then 'suppressed' else 'sent' end, '', 1, at, at, at, at
from console_order
;
insert into audit_entry (partner_id, environment, actor_id, actor_name, kind, act, object, detail, address, browser, at)
select partner_id, 'production', 'per_bench' || order_id % 7, 'Personne ' || order_id % 7,
    (array['notification', 'mail', 'order', 'document', 'refund'])[1 + order_id % 5],
    (array['notification.replayed', 'mail.resent', 'order.exported', 'document.exported', 'refund.asked'])[1 + order_id % 5],
    order_id::text, '{}', '192.0.2.7', 'Firefox', at
from console_order
;
insert into stripe_event (
    account, environment, event_id, type, api_version, event_created, body, received_at, state, due_at)
select '', 'production', 'evt_bench' || order_id, 'checkout.session.completed', '2025-09-30.clover', at,
    convert_to(repeat('{"object": "event"}', 100), 'UTF8'), at, 'done', at
from console_order
;
insert into webhook_recovery (
    partner_id, recovery_id, environment, endpoint_id, since, until, statuses, per_second, state, source, wanted, done, asked_by,
    created_at, next_at, ended_at)
select partner_id, 'rec_bench' || n, environment, endpoint_id, now() - interval '2 days', now() - interval '1 day', '{failed}', 10,
    'done', 'notifications', 40, 40, 'per_bench1', now() - n * interval '1 hour', now(), now()
from webhook_endpoint
cross join generate_series(1, 300) as n
where partner_id = 'part_bench' and url like '%/first'
;
insert into partner (partner_id, slug, name, contact_email, locale, created_at)
select 'part_small' || n, 'petit-' || n, 'Petit partenaire ' || n, 'petit' || n || '@exemple.example', 'fr', now()
from generate_series(1, 200) as n
;
