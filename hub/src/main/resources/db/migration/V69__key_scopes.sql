-- What a key may do; null: everything that a partner's key may, which is what keys could before. An operator's key is
-- never narrowed.
alter table api_key
    add column scopes      text[] check (cardinality(scopes) > 0),
    add column description text not null default '',
    add check (kind = 'partner' or scopes is null);
