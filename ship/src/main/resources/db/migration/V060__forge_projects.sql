-- What a registered project has beside its address where it lives at a forge. One without a row is as its address says.
create table project_forge (
    project          text primary key references project on delete cascade,
    repository       text,
    checked_branches boolean     not null default false,
    shipped_tags     text[]      not null default '{}',
    login            text        not null default '',
    token            bytea,
    changed_at       timestamptz not null
);
comment on column project_forge.repository is 'its full name at the forge; null: as the path of the address has it';
comment on column project_forge.token is 'sealed with the key file of the server';

-- What proves that a delivery comes from the forge. The older of two counts until it ends.
create table webhook_secret (
    id      bigint generated always as identity primary key,
    project text        not null references project on delete cascade,
    sealed  bytea       not null,
    made_at timestamptz not null,
    ends_at timestamptz
);
create index webhook_secret_by_project on webhook_secret (project, id);

-- Changes that are proposed to a repository of our own.
create table review_request (
    project   text        not null references project on delete cascade,
    number    bigint      not null check (number > 0),
    target    text        not null,
    head      text        not null,
    title     text        not null,
    author    text        not null,
    state     text        not null check (state in ('open', 'merged', 'closed')),
    opened_at timestamptz not null,
    moved_at  timestamptz not null,
    ended_at  timestamptz,
    ended_by  text,
    merged    text,
    primary key (project, number),
    check ((state = 'open') = (ended_at is null) and (ended_at is null) = (ended_by is null)),
    check ((state = 'merged') = (merged is not null))
);
comment on column review_request.head is 'the commit that is proposed, which refs/reviews/NUMBER/head has in the repository';
comment on column review_request.merged is 'the commit by which it came into the target';
create index review_request_open on review_request (project, author, number) where state = 'open';

-- What came for a project, the newest first.
create index webhook_delivery_by_project on webhook_delivery (project, id desc);
