-- Requests of programs that carry an Idempotency-Key, and what they were answered: for a day, the same key gives the
-- same answer again and does nothing.
create table answered_request (
    key_hash text        primary key,
    digest   text        not null,
    begun_at timestamptz not null,
    status   integer,
    headers  jsonb       not null default '{}',
    body     text        not null default ''
);
comment on column answered_request.key_hash is 'SHA-256 of the caller and the key';
comment on column answered_request.digest is 'HMAC-SHA-256 of the request under the key, which is stored nowhere';
comment on column answered_request.status is 'null until it is answered, and for ever if the server ended meanwhile';
create index answered_request_begun_at on answered_request (begun_at);
