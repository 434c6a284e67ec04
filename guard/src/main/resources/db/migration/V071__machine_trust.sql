-- Which jobs of which CI service may act in a project, by what the service's signed tokens say of them.
CREATE TABLE machine_trust (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    project    text        NOT NULL,
    issuer     text        NOT NULL CHECK (length(issuer) BETWEEN 1 AND 500),
    role       text        NOT NULL,
    claims     jsonb       NOT NULL,
    life       interval    NOT NULL,
    created_at timestamptz NOT NULL,
    created_by text        NOT NULL
);

CREATE INDEX machine_trust_of_project ON machine_trust (project);

-- What was given by a rule goes with it.
ALTER TABLE api_token ADD COLUMN trust_id bigint REFERENCES machine_trust ON DELETE CASCADE;
CREATE INDEX api_token_of_trust ON api_token (trust_id) WHERE trust_id IS NOT NULL;

-- Tokens of CI services that were exchanged: each counts once.
CREATE TABLE exchanged_token (
    id_hash    bytea       PRIMARY KEY,
    expires_at timestamptz NOT NULL
);

CREATE INDEX exchanged_token_expiry ON exchanged_token (expires_at);
