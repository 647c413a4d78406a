-- What a buyer declared without an account: the end of a contract (Code de la consommation, L215-1-1) or the withdrawal from one
-- (L221-21). What was declared never changes; partner_id is part_unassigned where nothing says to whom it was declared.
create table declaration (
    partner_id      text        not null,
    declaration_id  text        not null,
    environment     text        not null check (environment in ('staging', 'production')),
    kind            text        not null check (kind in ('termination', 'withdrawal')),
    name            text        not null,
    email           text        not null,
    reference       text        not null,
    wished_on       date,
    motive          text        not null,
    language        text        not null check (language in ('fr', 'en')),
    order_id        bigint,
    account         text        not null,
    subscription_id text        not null,
    made_at         timestamptz not null,
    state           text        not null check (state in ('open', 'ending', 'ended', 'resuming', 'resumed', 'handled')),
    reason          text        not null default '',
    ends_at         timestamptz,
    attempts        integer     not null default 0,
    due_at          timestamptz not null,
    lease           uuid,
    primary key (partner_id, declaration_id),
    check (state not in ('ending', 'ended', 'resuming', 'resumed') or subscription_id <> '')
);
create unique index declaration_id on declaration (declaration_id);
create index declaration_due on declaration (due_at) where state in ('ending', 'resuming');
create index declaration_open on declaration (partner_id, environment, made_at desc)
    where state = 'open' or (state in ('ending', 'resuming') and reason <> '');
create index declaration_order on declaration (order_id) where order_id is not null;
create index declaration_email on declaration (lower(email), made_at desc);

create function declaration_is_as_made() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or (new.partner_id, new.declaration_id, new.environment, new.kind, new.name, new.email, new.reference,
            new.wished_on, new.motive, new.language, new.order_id, new.account, new.subscription_id, new.made_at)
        is distinct from (old.partner_id, old.declaration_id, old.environment, old.kind, old.name, old.email, old.reference,
            old.wished_on, old.motive, old.language, old.order_id, old.account, old.subscription_id, old.made_at) then
        raise exception 'what a buyer declared is never changed nor deleted';
    end if;
    return new;
end $$;
create trigger declaration_is_as_made before update or delete on declaration
    for each row execute function declaration_is_as_made();

-- Each state that a declaration came to, in order.
create table declaration_step (
    partner_id     text        not null,
    declaration_id text        not null,
    number         integer     not null,
    at             timestamptz not null,
    state          text        not null,
    reason         text        not null,
    primary key (partner_id, declaration_id, number)
);

create function declaration_step_is_final() returns trigger language plpgsql as $$
begin
    raise exception 'a step of a declaration is never changed nor deleted';
end $$;
create trigger declaration_step_is_final before update or delete on declaration_step
    for each row execute function declaration_step_is_final();
