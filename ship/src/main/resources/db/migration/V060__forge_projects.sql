-- Where each project's repository lives, and what proves that deliveries come from there.
create table forge_project (
    name             text primary key check (name ~ '^[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?$'),
    forge            text        not null,
    repository       text        not null,
    remote           text        not null,
    remote_user      text,
    remote_token     bytea,
    main_branch      text        not null,
    checked_branches boolean     not null,
    shipped_tags     text[]      not null,
    changed_at       timestamptz not null
);
comment on column forge_project.remote_token is 'sealed with the key file of the server';

-- The newest two count while one is being replaced.
create table forge_secret (
    id      bigint generated always as identity primary key,
    project text        not null references forge_project on delete cascade,
    sealed  bytea       not null,
    made_at timestamptz not null
);
create index forge_secret_by_project on forge_secret (project, id);

-- Changes that are proposed to a repository of our own.
create table review_request (
    project   text        not null references forge_project on delete cascade,
    number    bigint      not null check (number > 0),
    target    text        not null,
    head      text        not null,
    title     text        not null,
    author    text        not null,
    state     text        not null check (state in ('open', 'merged', 'closed')),
    opened_at timestamptz not null,
    moved_at  timestamptz not null,
    primary key (project, number)
);
comment on column review_request.head is 'the commit that is proposed, which refs/reviews/NUMBER/head has in the repository';
create index review_request_open on review_request (project, author, number) where state = 'open';
