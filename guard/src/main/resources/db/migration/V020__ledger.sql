-- The ledger has a schema of its own: whoever gets in may append and read, and nobody but the owner may do more.
create schema ledger;

create table ledger.identity (
    id  uuid    not null default gen_random_uuid(),
    one boolean primary key default true check (one)
);
comment on table ledger.identity is 'names this ledger in its checkpoints';
insert into ledger.identity default values;

-- What a transaction decided. It commits with the decision, and gets its number soon after.
create table ledger.pending (
    arrival bigint generated always as identity primary key,
    entry   text not null
);

create table ledger.entry (
    seq         bigint      primary key check (seq >= 0),
    arrival     bigint,
    leaf        text        not null,
    leaf_hash   bytea       not null check (octet_length(leaf_hash) = 32),
    recorded    timestamptz not null,
    at          timestamptz not null,
    principal   text        not null,
    session     text        not null,
    address     text        not null,
    action      text        not null,
    type        text        not null,
    object      text        not null,
    project     text        not null,
    environment text        not null,
    outcome     text        not null
);
comment on column ledger.entry.leaf is 'canonical JSON: what the tree is made of; the columns behind leaf_hash are for searching';
comment on column ledger.entry.arrival is 'which pending entry this was; null if it never was one';
create unique index entry_by_arrival on ledger.entry (arrival) where arrival is not null;
create index entry_by_principal on ledger.entry (principal, seq);
create index entry_by_action on ledger.entry (action, seq);
create index entry_by_object on ledger.entry (type, object, seq);
create index entry_by_project on ledger.entry (project, environment, seq) where project <> '';
create index entry_by_bad_end on ledger.entry (outcome, seq) where outcome in ('denied', 'failed');
create index entry_by_time on ledger.entry using brin (at) with (pages_per_range = 16);

-- 256 hashes of a level that is a multiple of eight; written once, when it is full.
create table ledger.tile (
    level  integer not null,
    index  bigint  not null,
    hashes bytea   not null check (octet_length(hashes) = 8192),
    root   bytea   not null check (octet_length(root) = 32),
    primary key (level, index)
);

create table ledger.checkpoint (
    size       bigint      primary key check (size > 0),
    root       bytea       not null check (octet_length(root) = 32),
    note       text        not null,
    created_at timestamptz not null
);

-- The second line of defence, and the only one where the server's role owns the tables.
create function ledger.refuse() returns trigger language plpgsql as $$
begin
    raise exception 'the ledger can only be appended to: % on % is refused', tg_op, tg_table_name
        using errcode = 'insufficient_privilege';
end $$;
create function ledger.refuse_unnumbered() returns trigger language plpgsql as $$
begin
    if not exists (select from ledger.entry
                   where arrival = old.arrival and starts_with(leaf, '{"entry":' || old.entry || ',')) then
        raise exception 'the pending entry % has no number yet', old.arrival using errcode = 'insufficient_privilege';
    end if;
    return old;
end $$;

create trigger append_only before update or delete or truncate on ledger.identity
    for each statement execute function ledger.refuse();
create trigger append_only before update or delete or truncate on ledger.entry
    for each statement execute function ledger.refuse();
create trigger append_only before update or delete or truncate on ledger.tile
    for each statement execute function ledger.refuse();
create trigger append_only before update or delete or truncate on ledger.checkpoint
    for each statement execute function ledger.refuse();
create trigger append_only before update or truncate on ledger.pending
    for each statement execute function ledger.refuse();
create trigger only_numbered before delete on ledger.pending
    for each row execute function ledger.refuse_unnumbered();

-- Takes away what has its number, which the trigger sees to; by the owner's right, for the server may delete nothing.
create function ledger.discharge(arrivals bigint[]) returns void language sql security definer
    set search_path = ledger, pg_temp as $$
    delete from ledger.pending where arrival = any (arrivals)
$$;

-- To everybody who may enter the schema; that is the server's role alone.
grant select, insert on ledger.entry, ledger.tile, ledger.checkpoint, ledger.pending to public;
grant select on ledger.identity to public;
