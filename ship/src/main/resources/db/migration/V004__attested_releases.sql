-- A release that was published with a signature and evidence beside its image. Those before this version were not.
alter table release add column attested boolean not null default false;
comment on column release.attested is 'false: made before deployment demanded evidence; see docs/evidence.md';
