-- What the forge was told of a run that was asked for, so that it is told again after we were killed, and once only else.
create table forge_report (
    request_id bigint primary key references run_request on delete cascade,
    told       text        not null check (told in ('', 'running', 'over')),
    attempts   integer     not null,
    due_at     timestamptz not null,
    failure    text
);
comment on column forge_report.due_at is 'until then somebody is telling it, or the forge is left alone';
create index run_request_recent on run_request (requested_at);
