-- Null where not one byte of an answer came: a call that was refused, or that nobody answered.
alter table webhook_attempt alter column first_byte_micros drop not null;
