-- Ways back that people of the server asked for; what they came to is a deployment.
create table rollback_request (
    id            bigint generated always as identity primary key,
    project       text        not null,
    environment   text        not null,
    commit_id     text        not null,
    reason        text        not null check (reason <> ''),
    asked_by      text        not null,
    asked_at      timestamptz not null,
    status        text        not null check (status in ('running', 'served', 'failed', 'cut')),
    ended_at      timestamptz,
    deployment_id bigint references deployment,
    what          text        not null default ''
);
comment on column rollback_request.what is 'why it failed';
create unique index rollback_request_open on rollback_request (project, environment) where status = 'running';
create index rollback_request_of_environment on rollback_request (project, environment, id desc);
