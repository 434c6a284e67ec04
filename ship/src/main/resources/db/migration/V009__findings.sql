-- What analyses found, once for each environment of a project; of verifications, once for the project.
create table finding (
    id           bigint generated always as identity primary key,
    project      text        not null,
    environment  text        not null,
    scanner      text        not null,
    fingerprint  text        not null,
    rule         text        not null,
    severity     smallint    not null check (severity between 0 and 3),
    title        text        not null,
    message      text        not null,
    fix          text        not null,
    resource     text        not null,
    path         text,
    line         integer     not null,
    end_line     integer     not null,
    state        text        not null check (state in ('open', 'waived', 'baseline', 'settled')),
    first_run    bigint      not null references run,
    first_seen   timestamptz not null,
    last_run     bigint      not null references run,
    last_seen    timestamptz not null,
    resolved_run bigint references run,
    resolved_at  timestamptz,
    words        tsvector generated always as (to_tsvector('simple', regexp_replace(
        rule || ' ' || title || ' ' || message || ' ' || resource || ' ' || coalesce(path, ''),
        '[^[:alnum:]]+', ' ', 'g'))) stored,
    unique (project, environment, scanner, fingerprint)
) with (fillfactor = 85);
comment on column finding.environment is 'empty: only verifications saw it';
comment on column finding.scanner is 'the step that found it';
comment on column finding.severity is '0 low, 1 medium, 2 high, 3 critical';
alter table finding alter column words set statistics 1000;

-- The lists of pages: each index holds the order in which its list is read.
create index finding_worst on finding (severity desc, id desc)
    where resolved_at is null and environment <> '';
create index finding_newest on finding (id desc)
    where resolved_at is null and environment <> '';
create index finding_worst_of_project on finding (project, severity desc, id desc)
    where resolved_at is null and environment <> '';
create index finding_newest_of_project on finding (project, id desc)
    where resolved_at is null and environment <> '';
create index finding_worst_of_environment on finding (environment, severity desc, id desc)
    where resolved_at is null and environment <> '';
create index finding_worst_of_rule on finding (rule, severity desc, id desc)
    where resolved_at is null and environment <> '';
create index finding_not_open on finding (state, severity desc, id desc)
    where resolved_at is null and environment <> '' and state <> 'open';
create index finding_gone on finding (severity desc, id desc) where resolved_at is not null;
create index finding_gone_of_project on finding (project, severity desc, id desc) where resolved_at is not null;
create index finding_of_path on finding (path text_pattern_ops) where resolved_at is null and environment <> '';
create index finding_words on finding using gin (words);

-- What each run found.
create table run_finding (
    run_id     bigint not null references run,
    finding_id bigint not null references finding,
    state      text   not null,
    primary key (run_id, finding_id)
);

-- How many there are, kept beside them, since counting a million takes longer than a page may.
create table finding_count (
    project     text     not null,
    environment text     not null,
    state       text     not null,
    severity    smallint not null,
    number      bigint   not null,
    primary key (project, environment, state, severity)
);

create function count_added_findings() returns trigger language plpgsql as $$
begin
    insert into finding_count (project, environment, state, severity, number)
    select project, environment, case when resolved_at is null then state else 'resolved' end, severity, count(*)
    from added group by 1, 2, 3, 4 order by 1, 2, 3, 4
    on conflict (project, environment, state, severity)
        do update set number = finding_count.number + excluded.number;
    return null;
end $$;
create trigger finding_added after insert on finding
    referencing new table as added for each statement execute function count_added_findings();

create function count_changed_findings() returns trigger language plpgsql as $$
begin
    insert into finding_count (project, environment, state, severity, number)
    select project, environment, state, severity, sum(change) from (
        select project, environment, case when resolved_at is null then state else 'resolved' end as state,
               severity, 1 as change
        from after_it
        union all
        select project, environment, case when resolved_at is null then state else 'resolved' end, severity, -1
        from before_it
    ) changes
    group by 1, 2, 3, 4 having sum(change) <> 0 order by 1, 2, 3, 4
    on conflict (project, environment, state, severity)
        do update set number = finding_count.number + excluded.number;
    return null;
end $$;
create trigger finding_changed after update on finding
    referencing old table as before_it new table as after_it
    for each statement execute function count_changed_findings();
