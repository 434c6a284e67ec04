-- What people said about commits, at a forge or here. Nothing is ever changed: what is newer counts.
create table review (
    id           bigint generated always as identity primary key,
    project      text        not null,
    pull_request bigint,
    commit_id    text        not null,
    reviewer     text        not null,
    addresses    text[]      not null,
    opinion      text        not null check (opinion in ('approved', 'changes_requested', 'dismissed')),
    given_at     timestamptz not null
);
comment on column review.commit_id is 'what was looked at: approvals of any other commit count for nothing; empty if the forge did not say';
comment on column review.addresses is 'what the reviewer''s addresses were then';
create index review_by_commit on review (project, commit_id);
create index review_by_pull_request on review (project, pull_request) where pull_request is not null;
