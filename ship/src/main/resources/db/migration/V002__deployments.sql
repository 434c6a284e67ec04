-- An image with the commit that it was made from, once the gate let it through.
create table release (
    id         bigint generated always as identity primary key,
    project    text        not null,
    commit_id  text        not null,
    image      text        not null,
    run_id     bigint      not null references run,
    created_at timestamptz not null,
    unique (project, commit_id, image)
);

-- A release in an environment, over time.
create table deployment (
    id          bigint generated always as identity primary key,
    release_id  bigint      not null references release,
    environment text        not null,
    target      text        not null,
    run_id      bigint references run,
    kind        text        not null check (kind in ('ship', 'rollback')),
    status      text        not null check (status in ('starting', 'serving', 'failed', 'replaced')),
    colour      text        not null,
    address     text        not null,
    declared    jsonb       not null,
    started_at  timestamptz not null,
    ended_at    timestamptz,
    reason      text
);
comment on column deployment.declared is 'the environment as it was declared, for a rollback to bring it back so';
create index deployment_by_environment on deployment (environment, id desc);
create unique index deployment_by_run on deployment (run_id) where run_id is not null;
