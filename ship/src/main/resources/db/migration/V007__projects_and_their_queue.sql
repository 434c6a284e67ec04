-- What a run is for, and who asked. A verification leads nowhere: it takes turns with those of its own ref.
alter table run
    add column purpose      text not null default 'ship' check (purpose in ('ship', 'verify')),
    add column trust        text not null default 'trusted' check (trust in ('trusted', 'internal', 'foreign')),
    add column lane         text not null default '',
    add column ref          text not null default '',
    add column pull_request bigint,
    add column requested_by text not null default '',
    add column committed_at timestamptz,
    add column turn         integer not null default 1;
update run set lane = environment;
alter table run add constraint only_trusted_runs_ship check (purpose = 'verify' or trust = 'trusted');
comment on column run.lane is 'runs of a project in the same lane take turns: an environment, or the ref of a verification';
comment on column run.turn is 'counts who began or went on with it, so that who lost the lane for a while knows';
comment on column run.environment is 'empty for a verification';

drop index run_open;
create unique index run_open on run (project, lane) where ended_at is null;

create table project (
    name             text primary key,
    clone_url        text        not null,
    provider         text        not null,
    protected_branch text        not null,
    environments     text[]      not null,
    settings         jsonb       not null,
    created_at       timestamptz not null,
    created_by       text        not null,
    archived_at      timestamptz
);
comment on column project.settings is 'what may be decided by the people of the server only, and by no commit';

-- Runs that were asked for. The queue's own bookkeeping is queue_task; what is decided is decided here.
create table run_request (
    id            bigint generated always as identity primary key,
    project       text        not null references project,
    purpose       text        not null check (purpose in ('ship', 'verify')),
    trust         text        not null check (trust in ('trusted', 'internal', 'foreign')),
    environment   text        not null,
    lane          text        not null,
    ref           text        not null,
    fork          text,
    pull_request  bigint,
    base          text,
    commit_id     text        not null,
    requested_by  text        not null,
    requested_at  timestamptz not null,
    delivery      text,
    status        text        not null
        check (status in ('queued', 'running', 'stalled', 'ended', 'refused', 'cancelled', 'superseded')),
    attempts      integer     not null default 0,
    server        text,
    run_id        bigint references run,
    started_at    timestamptz,
    ended_at      timestamptz,
    cancelled_by  text,
    reason        text,
    check (purpose = 'verify' or trust = 'trusted')
);
comment on column run_request.fork is 'whose ref it is, where it is not the project''s own: a repository of the same host';
comment on column run_request.base is 'the commit that the base branch of a pull request had';
comment on column run_request.delivery is 'what asked, such as a webhook delivery: the same one asks once for a lane';
create unique index run_request_once on run_request (project, delivery, lane) where delivery is not null;
create index run_request_open on run_request (project, lane, id) where status in ('queued', 'running');
create index run_request_of_ref on run_request (project, lane, id desc);
create index run_request_by_run on run_request (run_id) where run_id is not null;

-- db-scheduler's table.
create table queue_task (
    task_name            text        not null,
    task_instance        text        not null,
    task_data            bytea,
    execution_time       timestamptz not null,
    picked               boolean     not null,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures integer,
    last_heartbeat       timestamptz,
    version              bigint      not null,
    primary key (task_name, task_instance)
);
create index queue_task_due on queue_task (execution_time);
create index queue_task_heartbeat on queue_task (last_heartbeat);
