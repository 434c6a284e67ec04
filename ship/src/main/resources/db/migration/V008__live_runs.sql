-- One number for all lines, so that a reader goes on behind the last one that it saw.
alter table step_output add column id bigint generated always as identity;
create index step_output_by_run on step_output (run_id, id);

-- What changes is told as a kind and ids; whoever listens reads the tables. A transaction tells it when it commits.
create function tell_run() returns trigger language plpgsql as $$
begin
    perform pg_notify('stepzero_runs', 'run ' || new.id);
    return null;
end $$;
create trigger run_told after insert or update on run for each row execute function tell_run();

create function tell_step() returns trigger language plpgsql as $$
begin
    perform pg_notify('stepzero_runs', 'step ' || new.run_id || ' ' || new.name);
    return null;
end $$;
create trigger step_told after insert or update on step for each row execute function tell_step();

create function tell_lines() returns trigger language plpgsql as $$
begin
    perform pg_notify('stepzero_runs', 'lines ' || run_id) from (select distinct run_id from added) runs;
    return null;
end $$;
create trigger lines_told after insert on step_output
    referencing new table as added for each statement execute function tell_lines();

create function tell_request() returns trigger language plpgsql as $$
begin
    perform pg_notify('stepzero_runs', 'request ' || new.id);
    return null;
end $$;
create trigger request_told after insert or update on run_request for each row execute function tell_request();

-- Lists of runs, newest first.
create index run_of_project on run (project, id desc);
create index run_of_environment on run (environment, id desc);
create index run_of_status on run (status, id desc);
create index run_of_ref on run (ref, id desc);
create index run_of_requester on run (requested_by, id desc);

-- When a release began to serve, from which DORA's keys are computed.
alter table deployment add column served_at timestamptz;
update deployment set served_at = started_at where status in ('serving', 'replaced', 'removed') and address <> '';
create index deployment_served on deployment (served_at) where served_at is not null;
