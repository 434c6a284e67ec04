-- A database as large as a busy installation's: 100,000 runs of 200 projects with their deployments, 1,000,000 findings,
-- 20,000 waivers, 50,000 reviews, and the steps and logs of the latest runs.
-- Give it to an empty database with Stepzero's tables, as their owner: psql DATABASE -f bench/server/generate.sql
insert into project (name, clone_url, provider, protected_branch, environments, settings, created_at, created_by)
select 'project-' || n, 'https://forge.example.org/team/project-' || n || '.git', 'github', 'main',
       array ['staging', 'production'], '{"directory": "", "failOn": null, "foreignInProcesses": false}', now(), 'person-0'
from generate_series(0, 199) n;

insert into run (project, environment, target, commit_id, pipeline, status, started_at, ended_at, lane, purpose, trust,
                 ref, pull_request, requested_by, committed_at)
select 'project-' || n % 200, case when n % 5 = 0 then '' when n % 5 = 1 then 'staging' else 'production' end,
       'containers', md5(n::text) || left(md5('c' || n), 8), 'generated',
       (array ['succeeded', 'succeeded', 'succeeded', 'succeeded', 'blocked', 'failed', 'abandoned'])[1 + n % 7],
       now() - (100000 - n) * interval '5 minutes', now() - (100000 - n) * interval '5 minutes' + interval '4 minutes',
       case when n % 5 = 0 then 'refs/pull/' || n || '/head' when n % 5 = 1 then 'staging' else 'production' end,
       case when n % 5 = 0 then 'verify' else 'ship' end, case when n % 5 = 0 then 'foreign' else 'trusted' end,
       case when n % 5 = 0 then 'refs/pull/' || n || '/head' else 'refs/heads/main' end,
       case when n % 5 = 0 then n end, 'person-' || n % 50, now() - (100000 - n) * interval '5 minutes 3 seconds'
from generate_series(1, 100000) n;

insert into release (project, commit_id, image, run_id, created_at, attested)
select project, commit_id, 'sha256:' || encode(sha256(id::text::bytea), 'hex'), id, started_at, true from run
where pipeline = 'generated' and purpose = 'ship' and status = 'succeeded';

insert into deployment (release_id, environment, target, run_id, kind, status, colour, address, declared, started_at,
                        served_at, ended_at)
select l.id, r.environment, r.target, r.id, case when r.id % 40 = 2 then 'rollback' else 'ship' end,
       case when r.id % 60 = 3 then 'failed' else 'replaced' end, 'blue', 'http://127.0.0.1', '{}', r.started_at,
       r.ended_at, r.ended_at + interval '1 hour'
from release l join run r on r.id = l.run_id where r.pipeline = 'generated';

-- The latest of each place serves.
update deployment set status = 'serving', ended_at = null where id in (
    select max(d.id) from deployment d join release l on l.id = d.release_id
    where d.status = 'replaced' group by l.project, d.environment);

insert into step (run_id, name, stage, attempt, status, started_at, ended_at, summary)
select id, (array ['checkout', 'fetch', 'test', 'scan-source', 'build', 'scan-image', 'gate', 'publish', 'deploy', 'confirm'])[n],
       (array ['prepare', 'prepare', 'test', 'scan', 'build', 'scan', 'gate', 'publish', 'deploy', 'confirm'])[n],
       1, 'succeeded', started_at + n * interval '20 seconds', started_at + n * interval '20 seconds' + interval '15 seconds',
       n * 7 || ' things were looked at'
from run, generate_series(1, 10) n where pipeline = 'generated' and id > (select max(id) - 20000 from run);

insert into step_output (run_id, step, attempt, number, line)
select run_id, name, attempt, n, 'line ' || n || ' of what the tool says while it works, file module' || n % 17 || '/Source.java'
from step, generate_series(1, 150) n where run_id > (select max(id) - 400 from run);

insert into review (project, pull_request, commit_id, reviewer, addresses, opinion, given_at)
select project, pull_request, commit_id, 'person-' || (id + k) % 50, array ['person@example.org'],
       case when (id + k) % 9 = 0 then 'changes_requested' else 'approved' end, started_at
from run, generate_series(1, 3) k where pipeline = 'generated' and purpose = 'verify';

insert into finding (project, environment, scanner, fingerprint, rule, severity, title, message, fix, resource, path,
                     line, end_line, state, first_run, first_seen, last_run, last_seen, resolved_run, resolved_at)
select 'project-' || (n::bigint * 7919) % 200,
       case when n % 10 = 0 then '' when n % 10 < 4 then 'staging' else 'production' end,
       case when n % 3 = 0 then 'scan-image' else 'scan-source' end, md5('f' || n),
       case when n % 3 = 0 then 'CVE-2026-' || 1000 + n % 4000 else 'rule-' || n % 600 end,
       case when n % 100 < 2 then 3 when n % 100 < 15 then 2 when n % 100 < 60 then 1 else 0 end,
       'Package ' || n % 900 || ' lets strangers in', 'version ' || n % 50 || '.' || n % 7 || ' of library' || n % 900
           || ' is affected, as word' || n % 20000 || ' shows',
       'take a newer one', 'resource-' || n % 5000, 'src/module' || n % 300 || '/file' || n % 4000 || '.java', n % 900,
       n % 900, case when n % 25 = 0 then 'waived' when n % 111 = 0 then 'settled' else 'open' end,
       first.id, now() - interval '200 days', first.id, now(), case when n % 4 = 0 then first.id end,
       case when n % 4 = 0 then now() - (n % 1000) * interval '1 hour' end
from generate_series(1, 1000000) n, (select min(id) as id from run where pipeline = 'generated') first;

insert into waiver (project, finding_id, rule, resource, reason, last_day, status, asked_by, asked_at, decided_by, decided_at)
select project, id, rule, resource, 'an accepted risk until the next release', current_date + (id % 300)::integer - 30,
       (array ['asked', 'granted', 'granted', 'refused'])[1 + id % 4], 'person-' || id % 50, now() - id % 200 * interval '1 day',
       case when id % 4 > 0 then 'guard-' || id % 7 end, case when id % 4 > 0 then now() end
from finding where id % 50 = 0;

insert into run_finding (run_id, finding_id, state)
select run.id, finding.id, finding.state
from (select id, row_number() over (order by id) as n from run where pipeline = 'generated') run
join (select id, state, row_number() over (order by id) % 50000 as n from finding) finding on finding.n = run.n % 50000;

vacuum analyze project, run, release, deployment, step, step_output, review, finding, waiver, run_finding, finding_count;
