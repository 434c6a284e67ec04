-- In which runs a finding was seen.
create index run_finding_by_finding on run_finding (finding_id, run_id);
