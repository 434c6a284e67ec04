-- What forges delivered, stored before anything is done about it, so that a process that is killed loses none.
create table webhook_delivery (
    id           bigint generated always as identity primary key,
    project      text        not null,
    forge        text        not null,
    event        text        not null,
    delivery     text,
    body_digest  bytea       not null,
    body         bytea       not null,
    source       text        not null,
    received_at  timestamptz not null,
    state        text        not null check (state in ('waiting', 'working', 'handled', 'parked')),
    due_at       timestamptz not null,
    attempts     integer     not null default 0,
    ended_at     timestamptz,
    result       text,
    request_id   bigint
);
comment on column webhook_delivery.delivery is 'the forge''s own id; few forges sign it, so the digest counts as well';
comment on column webhook_delivery.body_digest is 'SHA-256 of the JSON that was believed';
comment on column webhook_delivery.body is 'the JSON, deflated';
comment on column webhook_delivery.due_at is 'when it may be taken: of one that is being worked on, when its lease ends';

-- A delivery is handled once, whatever is sent again.
create unique index webhook_delivery_by_forges_id on webhook_delivery (project, delivery) where delivery is not null;
create unique index webhook_delivery_by_digest on webhook_delivery (project, body_digest);
create index webhook_delivery_due on webhook_delivery (due_at, id) where state in ('waiting', 'working');
create index webhook_delivery_by_time on webhook_delivery (received_at);

-- What was not believed: counted by the hour, so that a flood fills no disk.
create table webhook_refusal (
    project  text        not null,
    forge    text        not null,
    hour     timestamptz not null,
    source   text        not null,
    reason   text        not null,
    times    bigint      not null,
    last_at  timestamptz not null,
    primary key (project, forge, hour, source, reason)
);
comment on column webhook_refusal.source is 'an address, or the /64 of one; "others" beyond the first thousand of an hour';
