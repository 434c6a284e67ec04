-- A deployment of a release that Stepzero built again by itself, since a newer base mends what became known.
alter table deployment drop constraint deployment_kind_check;
alter table deployment add constraint deployment_kind_check check (kind in ('ship', 'rollback', 'phoenix'));
alter table deployment add column why text not null default '';
comment on column deployment.why is 'what a phoenix mends, or the reason that a person gave';

-- Where projects were shipped from: a commit that serves can be built again only where it can be read.
create table clone (
    project   text        not null,
    directory text        not null,
    used_at   timestamptz not null,
    primary key (project, directory)
);

-- Releases that were built again on a newer base, so that nothing is tried twice.
create table rebuild (
    release_id  bigint      not null references release,
    environment text        not null,
    lock        text        not null,
    why         text        not null,
    run_id      bigint references run,
    status      text        not null check (status in ('running', 'succeeded', 'refused', 'useless')),
    reason      text        not null default '',
    started_at  timestamptz not null,
    ended_at    timestamptz,
    primary key (release_id, environment, lock)
);
comment on column rebuild.release_id is 'the release that served then, which the rebuild was to replace';
comment on column rebuild.lock is 'digest of the refreshed lock; another one is another attempt';
create index rebuild_by_run on rebuild (run_id) where run_id is not null;
