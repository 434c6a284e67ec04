-- The refs of a project's repository as they were last looked at, so that a delivery that never came is noticed.
create table seen_ref (
    project   text        not null,
    ref       text        not null,
    commit_id text        not null,
    seen_at   timestamptz not null,
    primary key (project, ref)
);
