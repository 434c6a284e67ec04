-- A run is one commit going through the pipeline towards one environment.
create table run (
    id          bigint generated always as identity primary key,
    project     text        not null,
    environment text        not null,
    target      text        not null,
    commit_id   text        not null,
    pipeline    text        not null,
    status      text        not null
        check (status in ('running', 'interrupted', 'stalled', 'succeeded', 'blocked', 'failed', 'abandoned')),
    started_at  timestamptz not null,
    ended_at    timestamptz,
    reason      text
);
comment on column run.pipeline is 'digest of what the pipeline is made of: a run is resumed only by the same pipeline';

-- At most one run of a project towards an environment is open.
create unique index run_open on run (project, environment) where ended_at is null;
create index run_by_project on run (project, environment, id desc);

create table step (
    run_id     bigint  not null references run,
    name       text    not null,
    stage      text    not null,
    attempt    integer not null,
    status     text    not null
        check (status in ('running', 'succeeded', 'blocked', 'stalled', 'failed', 'interrupted', 'abandoned')),
    started_at timestamptz not null,
    ended_at   timestamptz,
    summary    text,
    reason     text,
    warnings   text[]  not null default '{}',
    given      json    not null default '{}',
    primary key (run_id, name, attempt)
);
comment on column step.given is 'json and not jsonb, which has no NUL character and rounds nothing for us';

create table step_output (
    run_id  bigint  not null,
    step    text    not null,
    attempt integer not null,
    number  integer not null,
    line    text    not null,
    primary key (run_id, step, attempt, number),
    foreign key (run_id, step, attempt) references step
);

-- What a step attests: an in-toto statement in a signed DSSE envelope.
create table evidence (
    id             bigint generated always as identity primary key,
    run_id         bigint      not null references run,
    step           text        not null,
    subject        text        not null,
    predicate_type text        not null,
    envelope       jsonb       not null,
    created_at     timestamptz not null
);
create index evidence_by_subject on evidence (subject);
