-- What releases are made of, so that a package leads to where it serves without a look into any image.
create table release_contents (
    release_id            bigint primary key references release,
    sbom                  text not null,
    distribution          text not null,
    distribution_version  text not null,
    distribution_codename text not null,
    fail_on               text not null
);
comment on column release_contents.sbom is 'digest of the CycloneDX document among the blobs of the registry on disk';
comment on column release_contents.fail_on is 'the severity from which on the gate that let the release through blocks';

create table release_component (
    release_id     bigint  not null references release_contents,
    purl           text    not null,
    type           text    not null,
    name           text    not null,
    version        text    not null,
    source_name    text,
    source_version text,
    direct         boolean not null,
    place          text    not null,
    primary key (release_id, purl)
);
comment on column release_component.name is 'as people of the ecosystem write it, such as org.slf4j:slf4j-api';
create index release_component_by_name on release_component (type, name);
create index release_component_by_source on release_component (source_name) where source_name is not null;

-- Vulnerabilities that the owners of an environment know of: the gate saw them, or they were told since.
create table told_vulnerability (
    project     text        not null,
    environment text        not null,
    purl        text        not null,
    advisory    text        not null,
    told_at     timestamptz not null,
    primary key (project, environment, purl, advisory)
);
comment on column told_vulnerability.advisory is 'the CVE where there is one, so that another record of it is nothing new';
