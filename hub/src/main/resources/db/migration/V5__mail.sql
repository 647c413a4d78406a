-- A mail that is owed, kept, sent or failed. Content and Message-ID never change; "deliver_to" is the address that the mail
-- server is told, which is never the buyer's for a staging mail, and empty where nothing is sent.
create table mail (
    partner_id       text        not null,
    environment      text        not null check (environment in ('staging', 'production')),
    key              text        not null,
    recipient        text        not null,
    mail_id          text        not null,
    order_id         bigint      not null,
    message_id       text        not null,
    sender           text        not null,
    deliver_to       text        not null,
    subject          text        not null,
    text_body        text        not null,
    html_body        text        not null,
    attachment       text,
    state            text        not null check (state in ('pending', 'sent', 'kept', 'failed', 'suppressed')),
    reason           text        not null default '',
    attempts         integer     not null default 0,
    created_at       timestamptz not null,
    first_attempt_at timestamptz,
    due_at           timestamptz not null,
    lease            uuid,
    ended_at         timestamptz,
    primary key (partner_id, environment, key, recipient),
    check ((state = 'pending') = (ended_at is null)),
    check (state not in ('pending', 'sent') or deliver_to <> '')
);
create unique index mail_id on mail (mail_id);
create index mail_due on mail (due_at) where state = 'pending';
create index mail_order on mail (order_id);
create index mail_newest on mail (created_at desc, mail_id desc);
create index mail_partner_newest on mail (partner_id, created_at desc, mail_id desc);

create table mail_attempt (
    partner_id text        not null,
    mail_id    text        not null,
    number     integer     not null,
    at         timestamptz not null,
    accepted   boolean     not null,
    answer     text        not null,
    primary key (partner_id, mail_id, number)
);

create function mail_attempt_is_final() returns trigger language plpgsql as $$
begin
    raise exception 'an attempt to send a mail is never changed nor deleted';
end $$;
create trigger mail_attempt_is_final before update or delete on mail_attempt
    for each row execute function mail_attempt_is_final();
