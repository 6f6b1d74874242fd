-- Recognition of hours across purposes, claims for subsidies, and notes beside the training archive.

create table subsidy_claim (
  bucket smallint not null,
  id uuid not null,
  person_id uuid not null,
  purpose text not null,
  rule_set_id text not null,
  organisation_id uuid not null,
  cycle_from date not null,
  cycle_until date,
  counted_seconds integer not null,
  claimed_by uuid not null,
  claimed_at timestamptz not null,
  constraint subsidy_claim__bucket_id primary key (bucket, id),
  constraint subsidy_claim__bucket_of_id check (bucket = (get_byte(uuid_send(id), 15) & 63)),
  constraint subsidy_claim__bucket_person_id foreign key (bucket, person_id) references person (bucket, id),
  constraint subsidy_claim__organisation_id foreign key (organisation_id) references organisation (id),
  constraint subsidy_claim__counted_seconds check (counted_seconds > 0)
);
create index subsidy_claim__person on subsidy_claim (bucket, person_id);
comment on table subsidy_claim is 'An organisation claimed a subsidy for the training of a person. Never changed. distributes: by person';
grant select, insert on subsidy_claim to antu_app;

create table subsidy_claim_entry (
  bucket smallint not null,
  entry_id uuid not null,
  claim_id uuid not null,
  constraint subsidy_claim_entry__bucket_entry_id primary key (bucket, entry_id),
  constraint subsidy_claim_entry__bucket_claim_id foreign key (bucket, claim_id) references subsidy_claim (bucket, id)
);
create index subsidy_claim_entry__claim_id on subsidy_claim_entry (bucket, claim_id);
comment on table subsidy_claim_entry is 'The hour_ledger_entry rows of a claim; the key lets each be claimed once, whatever the purpose. distributes: by person';
grant select, insert on subsidy_claim_entry to antu_app;

create table archive_note (
  bucket smallint not null,
  id uuid not null,
  person_id uuid not null,
  entry_kind text not null,
  entry_id uuid not null,
  -- Encrypted: people write names.
  text_sealed bytea not null,
  written_by uuid not null,
  written_at timestamptz not null,
  constraint archive_note__bucket_id primary key (bucket, id),
  constraint archive_note__bucket_of_id check (bucket = (get_byte(uuid_send(id), 15) & 63)),
  constraint archive_note__bucket_person_id foreign key (bucket, person_id) references person (bucket, id),
  constraint archive_note__entry_kind check (entry_kind in ('employment', 'study', 'check', 'quiz', 'exam', 'document'))
);
create index archive_note__person on archive_note (bucket, person_id);
comment on table archive_note is 'A correction that stands beside an entry of the archive: the entry itself is never changed, nor is the note. distributes: by person';
grant select, insert on archive_note to antu_app;
