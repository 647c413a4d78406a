-- Every secret that was replaced signs until its own date: a second rotation must not silence the one that is deployed.
-- Newest first; both arrays are equally long.
alter table webhook_endpoint
    add column old_secrets bytea[] not null default '{}',
    add column old_secrets_until timestamptz[] not null default '{}',
    add check (cardinality(old_secrets) = cardinality(old_secrets_until));
update webhook_endpoint
set old_secrets = array[old_secret], old_secrets_until = array[old_secret_until]
where old_secret is not null;
alter table webhook_endpoint
    drop column old_secret,
    drop column old_secret_until;
