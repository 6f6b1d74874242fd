-- The transparency log: everything that counts becomes a leaf of a Merkle tree whose tiles lie in the storage. Personal data never
-- enters it, only salted hashes.

create table log_pending (
  bucket smallint not null,
  -- 1 hours, 2 document, 3 document event.
  kind smallint not null,
  source_id uuid not null,
  -- Order of arrival, so that nothing waits for ever.
  seq bigint generated always as identity,
  -- SHA-256 of the canonical text of the fact.
  digest bytea not null,
  leaf_index bigint,
  constraint log_pending__bucket_kind_source_id primary key (bucket, kind, source_id),
  constraint log_pending__kind check (kind between 1 and 3),
  constraint log_pending__digest check (octet_length(digest) = 32)
);
create index log_pending__seq on log_pending (seq) where leaf_index is null;
create index log_pending__leaf_index on log_pending (leaf_index) where leaf_index is not null;
comment on table log_pending is 'Facts on their way into the transparency log, written in the transaction of the fact; gone once a checkpoint covers them. distributes: by person';
comment on column log_pending.leaf_index is 'Place in the log, given before the first tile is written: whoever goes on after a crash writes the same bytes again.';
grant select, insert, delete on log_pending to antu_app;
grant update (leaf_index) on log_pending to antu_app;

create table log_checkpoint (
  -- Number of leaves.
  size bigint not null,
  root bytea not null,
  -- The signed note as it is published (C2SP tlog-checkpoint).
  note text not null,
  at timestamptz not null,
  constraint log_checkpoint__size primary key (size)
);
comment on table log_checkpoint is 'Every state of the transparency log that was ever published. distributes: reference';
grant select, insert on log_checkpoint to antu_app;

create function log_hours() returns trigger language plpgsql as $$
begin
  insert into log_pending (bucket, kind, source_id, digest) select bucket, 1, id, hash from entered;
  return null;
end $$;
comment on function log_hours is 'Whatever way an hour is credited or taken back: it goes into the transparency log in the same transaction.';
create trigger hour_ledger_entry__log after insert on hour_ledger_entry
  referencing new table as entered for each statement execute function log_hours();

-- What was credited before there was a log.
insert into log_pending (bucket, kind, source_id, digest) select bucket, 1, id, hash from hour_ledger_entry order by id;
