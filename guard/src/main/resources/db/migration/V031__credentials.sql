-- How people prove who they are. Nothing here lets anybody in by itself: passwords and codes are hashed, the secrets of
-- authenticator applications are sealed with a key that is not in the database.
CREATE TABLE password (
    person_id  bigint      PRIMARY KEY REFERENCES person ON DELETE CASCADE,
    hash       text        NOT NULL,
    changed_at timestamptz NOT NULL
);

CREATE TABLE totp (
    person_id    bigint      PRIMARY KEY REFERENCES person ON DELETE CASCADE,
    sealed       bytea       NOT NULL,
    confirmed_at timestamptz,          -- null until a first code was right
    last_step    bigint      NOT NULL DEFAULT 0
);

CREATE TABLE recovery_code (
    person_id bigint NOT NULL REFERENCES person ON DELETE CASCADE,
    hash      bytea  NOT NULL,
    PRIMARY KEY (person_id, hash)
);

-- Browsers that somebody completed a sign-in with. They are not held up by what strangers do.
CREATE TABLE known_device (
    secret_hash bytea       PRIMARY KEY,
    person_id   bigint      NOT NULL REFERENCES person ON DELETE CASCADE,
    seen_at     timestamptz NOT NULL
);

-- One-time links: to set up the first administrator, to join, to choose a new password.
CREATE TABLE invitation (
    secret_hash bytea       PRIMARY KEY,
    person_id   bigint      REFERENCES person ON DELETE CASCADE, -- null: the first administrator
    expires_at  timestamptz NOT NULL
);

-- How often what was tried in vain, and when it may be tried again.
CREATE TABLE throttle (
    subject  text        PRIMARY KEY,
    failures integer     NOT NULL,
    until    timestamptz NOT NULL,
    seen_at  timestamptz NOT NULL
);

CREATE TABLE api_token (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    secret_hash  bytea       NOT NULL UNIQUE,
    name         text        NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    person_id    bigint      REFERENCES person ON DELETE CASCADE, -- null: a machine that proved itself
    role         text        NOT NULL,
    project      text,                                            -- null: everywhere
    writes       boolean     NOT NULL,
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    used_at      timestamptz,
    used_from    text        NOT NULL DEFAULT ''
);

CREATE INDEX api_token_of_person ON api_token (person_id);
