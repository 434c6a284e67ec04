CREATE TABLE sessions (
    id_hash    bytea       PRIMARY KEY CHECK (octet_length(id_hash) = 32),
    name       text        NOT NULL CHECK (char_length(name) BETWEEN 1 AND 320),
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
);

COMMENT ON COLUMN sessions.id_hash IS 'SHA-256 of the secret in the cookie, so that a stolen table opens no session';

CREATE INDEX sessions_expires_at ON sessions (expires_at);
