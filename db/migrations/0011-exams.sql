-- Exams: dates, bookings, sittings with their frozen papers, what candidates saved, results.

create table exam (
  id uuid not null,
  organisation_id uuid not null,
  region_code text not null,
  title_zh text not null,
  scheme text not null,
  rule_set_id text not null,
  plan_id uuid not null,
  mode text not null,
  address text,
  opens_at timestamptz not null,
  closes_at timestamptz not null,
  capacity integer not null,
  booked integer not null default 0,
  tickets integer not null default 0,
  course_ids uuid[] not null,
  state text not null,
  cancelled_because text,
  created_by uuid not null,
  created_at timestamptz not null,
  constraint exam__id primary key (id),
  constraint exam__organisation_id foreign key (organisation_id) references organisation (id),
  constraint exam__scheme foreign key (scheme) references scheme (code),
  constraint exam__plan_id foreign key (plan_id) references exam_plan (id),
  constraint exam__mode check (mode in ('online', 'place')),
  constraint exam__window check (closes_at > opens_at),
  constraint exam__capacity check (booked between 0 and capacity),
  constraint exam__state check (state in ('planned', 'frozen', 'open', 'closed', 'cancelled')),
  constraint exam__cancelled check ((cancelled_because is not null) = (state = 'cancelled'))
);
create index exam__organisation_id on exam (organisation_id, opens_at);
create index exam__opens_at on exam (opens_at) where state in ('planned', 'frozen', 'open');
comment on table exam is 'One date of an exam. distributes: reference';
comment on column exam.booked is 'Places taken; the check above is what keeps two bookings at once from sharing the last place.';
comment on column exam.tickets is 'Numbers given out so far; a cancelled one is not given out again.';
grant select, insert on exam to antu_app;
grant update (state, booked, tickets, cancelled_because) on exam to antu_app;

create table exam_booking (
  bucket smallint not null,
  id uuid not null,
  person_id uuid not null,
  exam_id uuid not null references exam (id),
  -- Employer and region at the time: what results are counted by.
  organisation_id uuid,
  region_code text,
  ticket_number text not null,
  -- The drawn signature under the pledge: an encrypted file.
  pledge_key text,
  pledge_at timestamptz,
  state text not null,
  booked_at timestamptz not null,
  cancelled_at timestamptz,
  constraint exam_booking__bucket_id primary key (bucket, id),
  constraint exam_booking__bucket_person_id foreign key (bucket, person_id) references person (bucket, id),
  constraint exam_booking__state check (state in ('booked', 'cancelled', 'sat', 'missed')),
  constraint exam_booking__pledge check ((pledge_key is null) = (pledge_at is null))
);
create unique index exam_booking__once on exam_booking (bucket, person_id, exam_id) where state <> 'cancelled';
create index exam_booking__exam_id on exam_booking (exam_id, ticket_number);
comment on table exam_booking is 'A place of a person in an exam. distributes: by person';
grant select, insert on exam_booking to antu_app;
grant update (state, cancelled_at, pledge_key, pledge_at) on exam_booking to antu_app;

create table exam_sitting (
  bucket smallint not null,
  id uuid not null,
  person_id uuid not null,
  kind text not null,
  -- Null for mock exams.
  exam_id uuid references exam (id),
  plan_id uuid not null references exam_plan (id),
  rule_set_id text not null,
  organisation_id uuid,
  region_code text,
  title_zh text not null,
  state text not null,
  opens_at timestamptz not null,
  closes_at timestamptz not null,
  duration_seconds integer not null,
  extra_seconds integer not null default 0,
  grace_seconds integer not null,
  started_at timestamptz,
  ends_at timestamptz,
  ended_at timestamptz,
  device_id uuid,
  -- SHA-256 of the token that the device got.
  device_hash bytea,
  leaves integer not null default 0,
  alerts text[] not null default '{}',
  last_seen_at timestamptz,
  void_reason text,
  created_at timestamptz not null,
  constraint exam_sitting__bucket_id primary key (bucket, id),
  constraint exam_sitting__bucket_of_id check (bucket = (get_byte(uuid_send(id), 15) & 63)),
  constraint exam_sitting__bucket_person_id foreign key (bucket, person_id) references person (bucket, id),
  constraint exam_sitting__kind check (kind in ('formal', 'mock')),
  constraint exam_sitting__kind_exam check ((kind = 'formal') = (exam_id is not null)),
  constraint exam_sitting__state check (state in ('frozen', 'running', 'submitted', 'timed-out', 'voided', 'marked')),
  constraint exam_sitting__started check ((started_at is null) = (ends_at is null)),
  constraint exam_sitting__void check ((void_reason is not null) = (state = 'voided'))
) with (fillfactor = 60);
create unique index exam_sitting__once on exam_sitting (bucket, person_id, exam_id) where exam_id is not null;
create index exam_sitting__exam_id on exam_sitting (exam_id) where exam_id is not null;
create index exam_sitting__person on exam_sitting (bucket, person_id, id);
create index exam_sitting__running on exam_sitting (ends_at) where state = 'running';
create index exam_sitting__to_mark on exam_sitting (bucket, id) where state in ('submitted', 'timed-out');
comment on table exam_sitting is 'One candidate and one paper. distributes: by person';
grant select, insert on exam_sitting to antu_app;
grant update (state, extra_seconds, started_at, ends_at, ended_at, device_id, device_hash, leaves, alerts, last_seen_at, void_reason)
  on exam_sitting to antu_app;

create table exam_paper (
  bucket smallint not null,
  sitting_id uuid not null,
  seed text not null,
  -- What the candidate gets, as JSON, ready to be sent.
  asked text not null,
  -- PaperItem[] as JSON: versions, points, orders of options. Never leaves the server.
  items text not null,
  question_count integer not null,
  centipoints integer not null,
  frozen_at timestamptz not null,
  hash bytea not null,
  constraint exam_paper__bucket_sitting_id primary key (bucket, sitting_id),
  constraint exam_paper__hash check (octet_length(hash) = 32)
);
comment on table exam_paper is 'The paper of a sitting, drawn before the bell. Never changed. distributes: by person';
grant select, insert on exam_paper to antu_app;

create table exam_save (
  bucket smallint not null,
  sitting_id uuid not null,
  -- UUIDv7 of the moment of receipt.
  id uuid not null,
  device_id uuid not null,
  seq integer not null,
  received_at timestamptz not null,
  -- Answers as the device sent them, JSON.
  answers text not null,
  -- Received while the sitting ran, its grace included.
  counts boolean not null,
  constraint exam_save__bucket_sitting_id_id primary key (bucket, sitting_id, id),
  constraint exam_save__bucket_sitting_id_device_id_seq unique (bucket, sitting_id, device_id, seq)
) partition by range (sitting_id);
comment on table exam_save is 'What a candidate saved: a fact for each request. Never changed. distributes: by person';
grant select, insert on exam_save to antu_app;

create table exam_event (
  bucket smallint not null,
  sitting_id uuid not null,
  id uuid not null,
  kind text not null,
  device_id uuid,
  happened_at timestamptz not null,
  received_at timestamptz not null,
  detail text,
  constraint exam_event__bucket_sitting_id_id primary key (bucket, sitting_id, id)
) partition by range (sitting_id);
comment on table exam_event is 'What happened around a sitting: page left, device changed, time given, voided. Never changed. distributes: by person';
grant select, insert on exam_event to antu_app;

create table exam_message (
  id uuid not null,
  exam_id uuid not null,
  text text not null,
  sent_by uuid not null,
  sent_at timestamptz not null,
  constraint exam_message__id primary key (id),
  constraint exam_message__exam_id foreign key (exam_id) references exam (id)
);
create index exam_message__exam_id on exam_message (exam_id, id);
comment on table exam_message is 'A word of the invigilator to everybody in the room. distributes: reference';
grant select, insert on exam_message to antu_app;

create table exam_result (
  bucket smallint not null,
  sitting_id uuid not null,
  version integer not null,
  person_id uuid not null,
  rule_set_id text not null,
  centipoints integer not null,
  total_centipoints integer not null,
  pass_centipoints integer not null,
  passed boolean not null,
  -- Hundredths earned by item, JSON.
  earned text not null,
  reason text not null,
  decided_by text not null,
  decided_at timestamptz not null,
  hash bytea not null,
  constraint exam_result__bucket_sitting_id_version primary key (bucket, sitting_id, version),
  constraint exam_result__version check (version >= 1),
  constraint exam_result__points check (centipoints between 0 and total_centipoints),
  constraint exam_result__passed check (passed = (centipoints >= pass_centipoints)),
  constraint exam_result__hash check (octet_length(hash) = 32)
);
create index exam_result__person on exam_result (bucket, person_id, decided_at);
comment on table exam_result is 'What a sitting earned: a decision over paper and saves. A correction is a further version. distributes: by person';
grant select, insert on exam_result to antu_app;
