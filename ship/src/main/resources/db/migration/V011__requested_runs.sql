-- A run that a push or a pull request asks for, until somebody takes it.
create table requested_run (
    id           bigint generated always as identity primary key,
    project      text        not null,
    ref          text        not null,
    commit_id    text        not null,
    base         text,
    purpose      text        not null check (purpose in ('ship', 'check')),
    trust        text        not null check (trust in ('trusted', 'internal', 'foreign')),
    pull_request bigint,
    asked_by     text        not null,
    asked_at     timestamptz not null,
    state        text        not null check (state in ('waiting', 'working', 'ended', 'superseded', 'parked')),
    due_at       timestamptz not null,
    attempts     integer     not null default 0,
    run_id       bigint references run,
    ended_at     timestamptz,
    result       text
);
comment on column requested_run.ref is 'a branch or a tag, or what the forge keeps a pull request''s commits under';
comment on column requested_run.base is 'the commit that the base branch had when a pull request was judged';
comment on column requested_run.purpose is 'ship: all stages; check: tests and analysis alone, nothing leaves';

-- Of one ref at most one run waits: what is newer takes the place of what is older.
create unique index requested_run_waiting on requested_run (project, ref, purpose) where state = 'waiting';
create index requested_run_due on requested_run (due_at, id) where state in ('waiting', 'working');
create index requested_run_by_commit on requested_run (project, commit_id);
