-- Issued documents: certificates, licences, certificates of hours. One core for all of them.

create table document_series (
  issuer_id uuid not null,
  code text not null,
  -- Of the day of issue in China.
  year smallint not null,
  last_number integer not null,
  constraint document_series__issuer_id_code_year primary key (issuer_id, code, year),
  constraint document_series__issuer_id foreign key (issuer_id) references organisation (id),
  constraint document_series__last_number check (last_number > 0)
);
comment on table document_series is 'Last number given out by an issuer in a series and year. distributes: reference';
comment on column document_series.last_number is 'Counted up in the transaction that issues: its row lock keeps numbers without gaps, as a roll-back gives the number back.';
grant select, insert on document_series to antu_app;
grant update (last_number) on document_series to antu_app;

create table issued_document (
  bucket smallint not null,
  id uuid not null,
  person_id uuid not null,
  kind text not null,
  issuer_id uuid not null,
  code text not null,
  number text not null,
  series_code text,
  series_year smallint,
  series_number integer,
  rule_set_id text not null,
  fields_sealed bytea not null,
  basis_sealed bytea not null,
  photo_key text,
  photo_hash bytea,
  issued_at timestamptz(3) not null,
  valid_from timestamptz(3) not null,
  valid_until timestamptz(3),
  replaces_id uuid,
  recorded_at timestamptz(3) not null,
  hash bytea not null,
  -- Signature[] as JSON.
  signatures text not null,
  constraint issued_document__bucket_id primary key (bucket, id),
  constraint issued_document__bucket_code unique (bucket, code),
  constraint issued_document__bucket_person_id foreign key (bucket, person_id) references person (bucket, id),
  constraint issued_document__issuer_id foreign key (issuer_id) references organisation (id),
  constraint issued_document__replaces foreign key (bucket, replaces_id) references issued_document (bucket, id),
  constraint issued_document__replaced_once unique (bucket, replaces_id),
  constraint issued_document__bucket_of_id check (bucket = (get_byte(uuid_send(id), 15) & 63)),
  constraint issued_document__code_form check (code ~ '^[0-9A-HJKMNP-TV-Z]{20}$'),
  constraint issued_document__series check (num_nulls(series_code, series_year, series_number) in (0, 3)),
  constraint issued_document__photo check ((photo_key is null) = (photo_hash is null)),
  constraint issued_document__term check (valid_until > valid_from),
  constraint issued_document__hash check (octet_length(hash) = 32 and octet_length(photo_hash) = 32)
);
create index issued_document__person on issued_document (bucket, person_id, id);
create index issued_document__issuer on issued_document (issuer_id, kind, id);
create index issued_document__number on issued_document (issuer_id, number);
comment on table issued_document is 'What was issued to a person, as printed. Never changed: later decisions are document_event. distributes: by person';
comment on column issued_document.code is 'Random, the only thing in the public address; its last six bits are the bucket.';
comment on column issued_document.fields_sealed is 'What stands on the paper, in order, with the salts of its commitments; encrypted JSON.';
comment on column issued_document.basis_sealed is 'What the decision rests on, holder and issuing account; encrypted JSON, hashed as it is.';
comment on column issued_document.photo_key is 'Encrypted file; photo_hash is SHA-256 of the picture.';
comment on column issued_document.hash is 'SHA-256 of the canonical text of every other column but signatures.';
grant select, insert on issued_document to antu_app;

create table document_event (
  bucket smallint not null,
  document_id uuid not null,
  seq smallint not null,
  id uuid not null,
  status text not null,
  basis_sealed bytea not null,
  at timestamptz(3) not null,
  recorded_at timestamptz(3) not null,
  hash bytea not null,
  signatures text not null,
  constraint document_event__bucket_document_id_seq primary key (bucket, document_id, seq),
  constraint document_event__bucket_id unique (bucket, id),
  constraint document_event__bucket_document_id foreign key (bucket, document_id) references issued_document (bucket, id),
  constraint document_event__seq check (seq > 0),
  constraint document_event__status check (status in ('replaced', 'revoked', 'withdrawn', 'cancelled', 'suspended', 'restored')),
  constraint document_event__hash check (octet_length(hash) = 32)
);
comment on table document_event is 'A later decision about a document. Chained to the one before. Never changed. distributes: by person';
comment on column document_event.basis_sealed is 'Reason and deciding account; encrypted JSON, hashed as it is.';
grant select, insert on document_event to antu_app;
