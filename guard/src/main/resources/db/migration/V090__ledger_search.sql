-- What people search by, each in the order of the pages. A time needs no index: numbers have no gap and times never go
-- back, so that a time is found by halving.
create index entry_of_project on ledger.entry (project, seq) where project <> '';
create index entry_of_object on ledger.entry (object, seq);
drop index ledger.entry_by_time;
