-- Whose accounts at forges are whose: what an account says in a review is said by its person.
create table forge_account (
    host      text        not null check (host = lower(host)),
    account   text        not null check (account = lower(account)),
    person_id bigint      not null references person on delete cascade,
    forge_id  text,
    added_at  timestamptz not null,
    primary key (host, account)
);
comment on column forge_account.forge_id is 'the forge''s own id of it, once it is known: another account that gets the name is another account';
create index forge_account_of_person on forge_account (person_id);
