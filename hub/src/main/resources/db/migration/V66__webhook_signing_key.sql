-- The signatures that the calls to an endpoint carry, and the Ed25519 key pair of "v1a": made when it is first asked for and
-- never again, also when "v1a" is turned off and on, so that what a partner pinned goes on verifying. The private half is
-- encrypted with the master key.
alter table webhook_endpoint
    add column signature_schemes text[] not null default '{v1}',
    add column signing_key bytea,
    add column public_key text,
    add constraint webhook_endpoint_schemes check (signature_schemes <@ '{v1,v1a}' and 'v1' = any (signature_schemes)),
    add constraint webhook_endpoint_key_pair check ((signing_key is null) = (public_key is null)),
    add constraint webhook_endpoint_signs check (signing_key is not null or not 'v1a' = any (signature_schemes));
