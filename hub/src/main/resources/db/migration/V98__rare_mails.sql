-- A list of mails in a state that hardly any mail of its environment comes to: those of production are not kept, those of tests
-- are sent only where they go to us. Without it each such list reads every mail to find none; it has next to no entries.
create index mail_rare on mail (environment, state, created_at, mail_id)
    where (environment = 'production' and state = 'kept') or (environment = 'staging' and state = 'sent');
