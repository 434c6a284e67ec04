-- Who is who at other sign-in services. An account there is known by issuer and subject, never by an address of mail.
CREATE TABLE federated_identity (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    issuer    text        NOT NULL CHECK (length(issuer) BETWEEN 1 AND 500),
    subject   text        NOT NULL CHECK (length(subject) BETWEEN 1 AND 255),
    person_id bigint      NOT NULL REFERENCES person ON DELETE CASCADE,
    called    text        NOT NULL DEFAULT '' CHECK (length(called) <= 100), -- by the service, when last seen
    linked_at timestamptz NOT NULL,
    used_at   timestamptz,
    UNIQUE (issuer, subject)
);

CREATE INDEX federated_identity_of_person ON federated_identity (person_id);

-- Roles by groups of such a service: written anew at each sign-in there, gone with the account, and never for long.
CREATE TABLE federated_grant (
    identity_id bigint      NOT NULL REFERENCES federated_identity ON DELETE CASCADE,
    role        text        NOT NULL,
    project     text,       -- null: everywhere
    expires_at  timestamptz NOT NULL,
    UNIQUE NULLS NOT DISTINCT (identity_id, role, project)
);
