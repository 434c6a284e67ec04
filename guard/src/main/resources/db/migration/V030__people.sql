-- Who may sign in, what they may do where, and where they are signed in now.
CREATE TABLE person (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name         text        NOT NULL CHECK (name ~ '^[a-z0-9][a-z0-9._@+-]{0,63}$'),
    display_name text        NOT NULL CHECK (length(display_name) BETWEEN 1 AND 100),
    email        text        NOT NULL DEFAULT '' CHECK (length(email) <= 254),
    active       boolean     NOT NULL DEFAULT true,
    created_at   timestamptz NOT NULL,
    UNIQUE (name)
);

CREATE TABLE role_grant (
    person_id  bigint      NOT NULL REFERENCES person ON DELETE CASCADE,
    role       text        NOT NULL,
    project    text,       -- null: everywhere
    granted_at timestamptz NOT NULL,
    UNIQUE NULLS NOT DISTINCT (person_id, role, project)
);

CREATE TABLE session (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    secret_hash  bytea       NOT NULL UNIQUE,
    person_id    bigint      NOT NULL REFERENCES person ON DELETE CASCADE,
    factors      text[]      NOT NULL,
    address      text        NOT NULL,
    agent        text        NOT NULL,
    created_at   timestamptz NOT NULL,
    seen_at      timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL
);

CREATE INDEX session_of_person ON session (person_id);
CREATE INDEX session_expiry ON session (expires_at);
