-- What bench/server/pages found slow over 1,000,000 findings and 100,000 runs.

-- Deployments are listed and counted by project and by when their commits were made: a join with all releases and runs
-- takes longer than a page may.
alter table deployment add column project text, add column committed_at timestamptz;
update deployment set project = release.project, committed_at = (select committed_at from run where run.id = deployment.run_id)
from release where release.id = release_id;
alter table deployment alter column project set not null;
create function place_deployment() returns trigger language plpgsql as $$
begin
    select project into new.project from release where id = new.release_id;
    select committed_at into new.committed_at from run where id = new.run_id;
    return new;
end $$;
create trigger deployment_placed before insert on deployment for each row execute function place_deployment();

create index deployment_serving on deployment (project, environment) where status = 'serving';
create index deployment_of_environment on deployment (project, environment, id desc);
create index release_by_image on release (image);

-- Changes that wait, newest first, and whether what they lead to was shipped.
create index run_of_any_pull_request on run (id desc) where pull_request is not null;
create index run_shipped on run (project, commit_id) where purpose = 'ship';

-- The worst or newest of a rule or a file are chosen in the index alone; what is gone is filtered like what is there.
drop index finding_of_path;
create index finding_of_path on finding (path text_pattern_ops, severity, id)
    where resolved_at is null and environment <> '';
create index finding_gone_of_path on finding (path text_pattern_ops, severity, id) where resolved_at is not null;
create index finding_gone_of_environment on finding (environment, severity desc, id desc)
    where resolved_at is not null;
create index finding_gone_of_rule on finding (rule, severity desc, id desc) where resolved_at is not null;
