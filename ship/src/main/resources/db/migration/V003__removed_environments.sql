-- A deployment whose environment was taken away.
alter table deployment drop constraint deployment_status_check;
alter table deployment add constraint deployment_status_check
    check (status in ('starting', 'serving', 'failed', 'replaced', 'removed'));
