-- A rollback attests where a release serves, as a run does, without being one.
alter table evidence alter column run_id drop not null;
alter table evidence add column deployment_id bigint references deployment;
alter table evidence add constraint evidence_has_origin check (run_id is not null or deployment_id is not null);
create index evidence_by_run on evidence (run_id) where run_id is not null;

-- To which repositories an image was pushed, beside the layout on disk.
create table image_place (
    image      text not null,
    repository text not null,
    primary key (image, repository)
);

-- What does not lie beside its image yet. It is written before the place is asked, and goes when the place has it.
create table pending_statement (
    id             bigint generated always as identity primary key,
    repository     text        not null,
    image          text        not null,
    subject        text        not null,
    predicate_type text        not null,
    signer         text        not null,
    envelope       jsonb       not null,
    since          timestamptz not null,
    unique (repository, image, subject, predicate_type, signer)
);
comment on column pending_statement.repository is 'empty: the layout on disk';
comment on column pending_statement.signer is 'the newest statement of a key about a subject takes the place of the one before, here as there';
