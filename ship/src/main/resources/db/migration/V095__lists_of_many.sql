-- What bench/server/pages found slow over 1,000,000 findings and 100,000 runs.

-- What serves, out of all that ever did; the history of an environment, by the releases of its project; an image.
create index deployment_serving on deployment (release_id) where status = 'serving';
create index deployment_of_release on deployment (release_id, environment, id desc);
create index release_by_image on release (image);

-- Changes that wait, newest first, and whether what they lead to was shipped.
create index run_of_any_pull_request on run (id desc) where pull_request is not null;
create index run_shipped on run (project, commit_id) where purpose = 'ship';

-- The best or newest of a rule or a file are chosen in the index alone; what is gone is filtered like what is there.
drop index finding_of_path;
create index finding_of_path on finding (path text_pattern_ops, severity, id)
    where resolved_at is null and environment <> '';
create index finding_gone_of_path on finding (path text_pattern_ops, severity, id) where resolved_at is not null;
create index finding_gone_of_environment on finding (environment, severity desc, id desc)
    where resolved_at is not null;
create index finding_gone_of_rule on finding (rule, severity desc, id desc) where resolved_at is not null;
