-- The servers that share this database, each with its last sign of life.
create table server (
    name       text        primary key,
    version    text        not null,
    address    text        not null,
    workers    integer     not null,
    started_at timestamptz not null,
    seen_at    timestamptz not null
);
create index run_request_waiting on run_request (status) where status in ('queued', 'running', 'stalled');
