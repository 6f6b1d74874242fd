-- Qualification licences: what somebody may do for a living, who asked for what, and what was decided.

create table licence (
  bucket smallint not null,
  id uuid not null,
  person_id uuid not null,
  category text not null,
  authority_id uuid not null,
  medium text not null,
  -- Number of a carried-over card, encrypted; null where the ID number is the number.
  card_number_sealed bytea,
  first_issued_on date not null,
  valid_from date not null,
  valid_until date not null,
  lapses_on date not null,
  standing text not null,
  rule_set_id text not null,
  document_id uuid,
  document_code text,
  created_at timestamptz not null,
  constraint licence__bucket_id primary key (bucket, id),
  constraint licence__bucket_of_id check (bucket = (get_byte(uuid_send(id), 15) & 63)),
  constraint licence__bucket_person_id foreign key (bucket, person_id) references person (bucket, id),
  constraint licence__authority_id foreign key (authority_id) references organisation (id),
  constraint licence__category check (category ~ '^\d{5}$'),
  constraint licence__medium check (medium in ('electronic', 'paper', 'ic-card')),
  constraint licence__dates check (first_issued_on <= valid_from and valid_from <= valid_until and valid_until < lapses_on),
  constraint licence__standing check (standing in ('granted', 'suspended', 'cancelled', 'withdrawn', 'revoked'))
);
create unique index licence__one_of_a_category on licence (bucket, person_id, category) where standing in ('granted', 'suspended');
create index licence__lapses_on on licence (lapses_on) where standing in ('granted', 'suspended');
create index licence__valid_until on licence (valid_until);
comment on table licence is 'A qualification of one person in one category, as it stands; what led to it is in licence_event. distributes: by person';
comment on column licence.standing is 'What was decided last. Expiry is no decision: it follows from valid_until and the day.';
comment on column licence.lapses_on is 'China day on which it is cancelled if nobody renews it.';
comment on column licence.document_id is 'The issued document in force, in the same bucket; null for a carried-over card.';
grant select, insert on licence to antu_app;
grant update (authority_id, medium, valid_from, valid_until, lapses_on, standing, rule_set_id, document_id, document_code) on licence to antu_app;

create table licence_request (
  bucket smallint not null,
  id uuid not null,
  person_id uuid not null,
  category text not null,
  licence_id uuid,
  kind text not null,
  reason smallint,
  note text not null,
  state text not null,
  asked_by uuid not null,
  by_holder boolean not null,
  asked_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  decision_note text,
  constraint licence_request__bucket_id primary key (bucket, id),
  constraint licence_request__bucket_of_id check (bucket = (get_byte(uuid_send(id), 15) & 63)),
  constraint licence_request__bucket_person_id foreign key (bucket, person_id) references person (bucket, id),
  constraint licence_request__bucket_licence_id foreign key (bucket, licence_id) references licence (bucket, id),
  constraint licence_request__kind check
    (kind in ('issue', 'replace', 'renew', 'change', 'suspend', 'restore', 'cancel', 'withdraw', 'revoke')),
  constraint licence_request__licence check ((kind = 'issue') = (licence_id is null)),
  constraint licence_request__reason check (reason in (1, 2, 3, 4, 5, 6, 7, 9)),
  constraint licence_request__state check (state in ('open', 'granted', 'refused')),
  constraint licence_request__decided check
    ((state = 'open') = (decided_by is null) and (decided_by is null) = (decided_at is null) and (decided_by is null) = (decision_note is null)),
  constraint licence_request__four_eyes check (decided_by is null or decided_by <> asked_by)
);
create unique index licence_request__one_open on licence_request (bucket, person_id, category) where state = 'open';
create index licence_request__open on licence_request (id) where state = 'open';
create index licence_request__licence_id on licence_request (bucket, licence_id, asked_at);
comment on table licence_request is 'What was asked for about a licence, and the decision by another hand. distributes: by person';
grant select, insert on licence_request to antu_app;
grant update (state, decided_by, decided_at, decision_note) on licence_request to antu_app;

create table licence_event (
  bucket smallint not null,
  id uuid not null,
  licence_id uuid not null,
  action text not null,
  reason smallint,
  valid_from date not null,
  valid_until date not null,
  document_id uuid,
  request_id uuid,
  note text not null,
  rule_set_id text not null,
  -- Account that decided; null: the passing of time.
  decided_by uuid,
  at timestamptz not null,
  constraint licence_event__bucket_id primary key (bucket, id),
  constraint licence_event__bucket_of_id check (bucket = (get_byte(uuid_send(id), 15) & 63)),
  constraint licence_event__bucket_licence_id foreign key (bucket, licence_id) references licence (bucket, id),
  constraint licence_event__bucket_request_id foreign key (bucket, request_id) references licence_request (bucket, id),
  constraint licence_event__action check (action in
    ('issue', 'carry-over', 'replace', 'renew', 'change', 'suspend', 'restore', 'cancel', 'withdraw', 'revoke')),
  constraint licence_event__reason check (reason in (1, 2, 3, 4, 5, 6, 7, 9))
);
create index licence_event__licence_id on licence_event (bucket, licence_id, at);
comment on table licence_event is 'What was done to a licence, one row each time; never changed. distributes: by person';
grant select, insert on licence_event to antu_app;
