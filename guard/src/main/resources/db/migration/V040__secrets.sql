-- A secret: where it may be used, and which of its versions are valid. Everything here is sealed: "seal" is the tag of
-- AES-256-GCM over it, under the data key of the current version.
create table secret (
    id               bigint generated always as identity primary key,
    project          text        not null,
    environment      text        not null,
    step             text        not null,
    name             text        not null,
    canary           boolean     not null,
    current_version  integer     not null check (current_version > 0),
    previous_version integer,
    previous_until   timestamptz,
    seal             bytea       not null,
    last_used_at     timestamptz,
    unique (project, environment, step, name),
    check ((previous_version is null) = (previous_until is null))
);
comment on column secret.last_used_at is 'for people to see what is no longer needed; not sealed';

-- Its versions, each under a data key of its own, which the key-encrypting key "key_id" wraps.
create table secret_version (
    secret_id   bigint      not null references secret on delete cascade,
    version     integer     not null check (version > 0),
    key_id      text        not null,
    wrapped_key bytea       not null,
    sealed      bytea       not null,
    created_at  timestamptz not null,
    primary key (secret_id, version)
);
create index secret_version_by_key on secret_version (key_id);
