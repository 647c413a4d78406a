-- What tells of one subscription is sent in its order, as what tells of one order is.
create index webhook_notification_former_subject on webhook_notification (partner_id, endpoint_id, subject, position)
    where ended_at is null and order_id is null and subject <> '';
