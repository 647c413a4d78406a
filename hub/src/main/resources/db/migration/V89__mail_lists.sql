-- Mails are listed by what became of them, and by whom they were for. What waits is few and found by its due time.
create index mail_unsent on mail (environment, state, created_at, mail_id) where state in ('failed', 'suppressed');
create index mail_recipient on mail (lower(recipient), created_at, mail_id);
