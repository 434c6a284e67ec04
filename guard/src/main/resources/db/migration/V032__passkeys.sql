-- Public keys of passkeys, and the challenges that were answered already.
CREATE TABLE passkey (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id     bigint      NOT NULL REFERENCES person ON DELETE CASCADE,
    credential_id bytea       NOT NULL UNIQUE,
    public_key    bytea       NOT NULL, -- attested credential data as WebAuthn section 6.5.1 writes it
    counter       bigint      NOT NULL,
    name          text        NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    created_at    timestamptz NOT NULL,
    used_at       timestamptz
);

CREATE INDEX passkey_of_person ON passkey (person_id);

CREATE TABLE answered_challenge (
    challenge  bytea       PRIMARY KEY,
    expires_at timestamptz NOT NULL
);
