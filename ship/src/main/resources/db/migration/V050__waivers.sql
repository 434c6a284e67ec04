-- Waivers that people of the server asked for, besides those that a project's own files hold.
create table waiver (
    id         bigint generated always as identity primary key,
    project    text        not null,
    finding_id bigint      not null references finding,
    rule       text        not null,
    resource   text        not null,
    reason     text        not null check (reason <> ''),
    last_day   date        not null,
    status     text        not null check (status in ('asked', 'granted', 'refused', 'withdrawn')),
    asked_by   text        not null,
    asked_at   timestamptz not null,
    decided_by text,
    decided_at timestamptz,
    note       text        not null default '',
    constraint decided_by_another check (status not in ('granted', 'refused') or decided_by <> asked_by)
);
create unique index waiver_once on waiver (finding_id) where status = 'asked';
create index waiver_of_project on waiver (project, id desc);
create index waiver_granted on waiver (project, last_day) where status = 'granted';
