-- Who did what, when and from where. Written in the transaction of the act; never changed nor deleted. '*' stands for what
-- is no partner's; the environment is empty where an act has none. The detail holds no secret and no buyer's data.
create table audit_entry (
    partner_id  text        not null,
    entry_id    bigint      not null generated always as identity,
    environment text        not null check (environment in ('', 'staging', 'production')),
    actor_id    text        not null,
    actor_name  text        not null,
    kind        text        not null,
    act         text        not null,
    object      text        not null,
    detail      jsonb       not null,
    address     text        not null,
    browser     text        not null,
    at          timestamptz not null,
    primary key (partner_id, entry_id)
);
create unique index audit_entry_id on audit_entry (entry_id);
create index audit_newest on audit_entry (at desc, entry_id desc);
create index audit_partner_newest on audit_entry (partner_id, at desc, entry_id desc);
create index audit_actor_newest on audit_entry (actor_id, at desc, entry_id desc);
create index audit_kind_newest on audit_entry (kind, at desc, entry_id desc);
create index audit_partner_kind_newest on audit_entry (partner_id, kind, at desc, entry_id desc);

create function audit_entry_is_final() returns trigger language plpgsql as $$
begin
    raise exception 'an entry of the journal is never changed nor deleted';
end $$;
create trigger audit_entry_is_final before update or delete on audit_entry
    for each row execute function audit_entry_is_final();
create trigger audit_entry_stays before truncate on audit_entry
    for each statement execute function audit_entry_is_final();
