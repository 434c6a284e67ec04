-- Who reviews may have proposed the change by another name.
alter table review add column aliases text[] not null default '{}';
comment on column review.aliases is 'the reviewer''s accounts at the project''s forge, as they were then';
