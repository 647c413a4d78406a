create table if not exists received (webhook_id text primary key, event_type text not null check (event_type <> ''), event_id text not null);
create table if not exists orders (order_id integer not null, email text, invoice text not null check (invoice <> ''));
