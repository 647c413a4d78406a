-- An address that is refused when it is called is said at once, whatever the endpoint did before; and what failed is counted
-- when it is said, from the first that was not.
alter table webhook_watch
    add column refused_at timestamptz,
    add column refused_reason text not null default '',
    -- the failing_since of the endpoint that was said
    add column refused_said_for timestamptz,
    add column refused_said_at timestamptz,
    -- since when notifications failed that no mail told of
    add column unsaid_since timestamptz;
update webhook_watch set unsaid_since = coalesce(failed_said_at, failed_at) where unsaid_failed > 0;
