-- What the last attempt was answered (0: nothing, or not tried yet), for whoever looks for all that an endpoint answered with 500.
alter table webhook_notification add column last_status integer not null default 0;
update webhook_notification n
set last_status = last.status
from (
    select distinct on (partner_id, notification_id) partner_id, notification_id, status
    from webhook_attempt
    order by partner_id, notification_id, number desc) last
where last.partner_id = n.partner_id and last.notification_id = n.notification_id and last.status <> 0;

-- What was taken at once, nearly all there is, is not in it.
create index webhook_notification_answer on webhook_notification (partner_id, last_status, position)
    where attempts > 0 and last_status not between 200 and 299;

-- The list and the feed of a partner's test or live mode: what is rare in the one is not looked for among the other.
drop index webhook_notification_feed;
create index webhook_notification_feed on webhook_notification (partner_id, environment, position);

-- A type that few notifications have, and a period: a BRIN index costs the queue next to nothing.
create index webhook_notification_type on webhook_notification (partner_id, event_type, position)
    where event_type not in ('order.created', 'order.renewed');
create index webhook_notification_created on webhook_notification using brin (created_at)
    with (pages_per_range = 16, autosummarize = on);
