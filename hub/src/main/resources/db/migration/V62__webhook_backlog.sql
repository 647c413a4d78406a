-- What was tried or held before makes room for what is new, whatever its number; the index finds both kinds without passing over
-- the other.
alter table webhook_notification add column backlog boolean not null default false;
update webhook_notification set backlog = true where state in ('pending', 'held') and (attempts > 0 or state = 'held');
drop index webhook_notification_due;
create index webhook_notification_due on webhook_notification (partner_id, endpoint_id, backlog, due_at, position)
    where state = 'pending';
