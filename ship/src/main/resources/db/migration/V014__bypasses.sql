-- A commit that somebody let through without a review, in an emergency.
create table bypass (
    id          bigint generated always as identity primary key,
    project     text        not null,
    commit_id   text        not null,
    principal   text        not null,
    role        text        not null,
    reason      text        not null check (length(reason) >= 10),
    given_at    timestamptz not null,
    reviewed_by text,
    reviewed_at timestamptz,
    note        text,
    check ((reviewed_by is null) = (reviewed_at is null) and (reviewed_by is null) = (note is null)),
    check (reviewed_by <> principal)
);
create unique index bypass_by_commit on bypass (project, commit_id);
create index bypass_open on bypass (project, given_at) where reviewed_by is null;
