-- Study sessions, their evidence and the hour ledger. Facts and decisions are append-only for the application role.

create table training_assignment (
  bucket smallint not null,
  id uuid not null,
  person_id uuid not null,
  course_id uuid not null references course (id),
  -- Fixed when the person first opens a lesson: learners keep the version they started.
  course_version_id uuid references course_version (id),
  organisation_id uuid not null references organisation (id),
  due_on date,
  assigned_at timestamptz not null default now(),
  assigned_by uuid,
  constraint training_assignment__bucket_id primary key (bucket, id),
  constraint training_assignment__bucket_person_id_course_id unique (bucket, person_id, course_id),
  constraint training_assignment__bucket_person_id foreign key (bucket, person_id) references person (bucket, id)
);
create index training_assignment__organisation_id on training_assignment (organisation_id, due_on);
comment on table training_assignment is 'A person owes a course by a date. distributes: by person';
grant select, insert on training_assignment to antu_app;
grant update (course_version_id, due_on) on training_assignment to antu_app;

create table lesson_progress (
  bucket smallint not null,
  person_id uuid not null,
  lesson_version_id uuid not null references lesson_version (id),
  course_id uuid not null references course (id),
  scheme text not null references scheme (code),
  -- Whole seconds of the media that stand in the ledger, as half-open ranges: seconds seen twice count once.
  viewed int4multirange not null,
  credited_seconds integer not null,
  updated_at timestamptz not null,
  constraint lesson_progress__bucket_person_id_lesson_version_id primary key (bucket, person_id, lesson_version_id),
  constraint lesson_progress__bucket_person_id foreign key (bucket, person_id) references person (bucket, id),
  constraint lesson_progress__credited_seconds check (credited_seconds >= 0)
);
comment on table lesson_progress is 'Sum of the ledger per lesson, kept to read quickly; verify recomputes it. distributes: by person';
grant select, insert, update on lesson_progress to antu_app;

-- Hot and small: one row per learner who studies now. Its key is the rule "one active session per learner".
-- Updated on every heartbeat in place (no index on a changing column, so updates stay on their page); deleted when the session closes.
create table live_study_session (
  bucket smallint not null,
  person_id uuid not null,
  session_id uuid not null,
  -- Compare-and-set for writers on several instances.
  version integer not null,
  lesson_version_id uuid not null,
  course_id uuid not null,
  topic_id uuid,
  scheme text not null,
  rule_set_id text not null,
  organisation_id uuid,
  region_code text,
  device_kind text not null,
  opened_at timestamptz not null,
  last_beat_at timestamptz not null,
  -- SessionState of packages/domain as JSON.
  state text not null,
  -- Beats of the open segment, packed (beat-codec.ts), their number, and the server time when it began.
  beats bytea not null,
  beat_count smallint not null,
  segment_started_at timestamptz not null,
  -- Head of the evidence chain.
  chain_index integer not null,
  chain_hash bytea not null,
  prompt_id uuid,
  anomaly_count integer not null default 0,
  -- How often each kind of anomaly was seen, JSON: the first leaves a row at once, the rest one row at the end.
  anomalies text not null default '{}',
  constraint live_study_session__bucket_person_id primary key (bucket, person_id),
  constraint live_study_session__bucket_person_id__person foreign key (bucket, person_id) references person (bucket, id)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 200);
comment on table live_study_session is 'State of the running session of a learner. distributes: by person';
comment on column live_study_session.version is 'Grows by one with every write; a writer that finds another number loads the row again.';
grant select, insert, update, delete on live_study_session to antu_app;

-- What counts against the daily cap: written when a session closes, read when the next one opens.
create table study_day (
  bucket smallint not null,
  person_id uuid not null,
  scheme text not null references scheme (code),
  day date not null,
  credited_ms integer not null,
  constraint study_day__bucket_person_id_scheme primary key (bucket, person_id, scheme),
  constraint study_day__bucket_person_id foreign key (bucket, person_id) references person (bucket, id),
  constraint study_day__credited_ms check (credited_ms >= 0)
);
comment on table study_day is 'Milliseconds credited on the last day of study, per scheme; verify recomputes it. distributes: by person';
grant select, insert, update on study_day to antu_app;

-- Session ids are UUIDv7, so ranges of the id are months. Their last six bits are the bucket, so that a session is found by its id.
create table study_session (
  bucket smallint not null,
  id uuid not null,
  person_id uuid not null,
  lesson_version_id uuid not null,
  course_id uuid not null,
  scheme text not null,
  rule_set_id text not null,
  -- Employer and region at the time: what decides who may see it.
  organisation_id uuid,
  region_code text,
  device_kind text not null,
  device_name text not null,
  address inet not null,
  opened_at timestamptz not null,
  constraint study_session__bucket_id primary key (bucket, id),
  constraint study_session__bucket_of_id check (bucket = (get_byte(uuid_send(id), 15) & 63))
) partition by range (id);
-- Without the id: equal keys share an entry, and a person has few sessions in a month.
create index study_session__bucket_person_id on study_session (bucket, person_id);
comment on table study_session is 'A study session that was opened. Never changed. distributes: by person';
grant select, insert on study_session to antu_app;

create table study_evidence (
  bucket smallint not null,
  session_id uuid not null,
  index integer not null,
  recorded_at timestamptz not null,
  -- 1 opened, 2 segment, 3 anomaly, 4 closed
  kind smallint not null,
  beats bytea,
  -- Other members of the fact as JSON text, exactly as hashed; null where beats say it all.
  detail text,
  hash bytea not null,
  constraint study_evidence__bucket_session_id_index primary key (bucket, session_id, index),
  constraint study_evidence__kind check (kind between 1 and 4),
  constraint study_evidence__hash check (octet_length(hash) = 32)
) partition by range (session_id);
comment on table study_evidence is 'Hash-chained facts of a session (packages/domain/src/study/evidence.ts). distributes: by person';
grant select, insert on study_evidence to antu_app;

create table hour_ledger_entry (
  bucket smallint not null,
  -- UUIDv7 of the moment of the decision.
  id uuid not null,
  person_id uuid not null,
  session_id uuid not null,
  evidence_index integer not null,
  scheme text not null,
  lesson_version_id uuid not null,
  topic_id uuid,
  -- Newly credited whole seconds of the media.
  media int4multirange not null,
  credited_seconds integer not null,
  -- Server time that the decision covers.
  started_at timestamptz not null,
  ended_at timestamptz not null,
  -- China calendar day of started_at.
  day date not null,
  rule_set_id text not null,
  hash bytea not null,
  constraint hour_ledger_entry__bucket_id primary key (bucket, id),
  constraint hour_ledger_entry__credited_seconds check (credited_seconds > 0),
  constraint hour_ledger_entry__started_at_ended_at check (ended_at >= started_at)
) partition by range (id);
create index hour_ledger_entry__bucket_person_id on hour_ledger_entry (bucket, person_id);
comment on table hour_ledger_entry is 'Credited time of a person: a decision over evidence under a rule set. distributes: by person';
grant select, insert on hour_ledger_entry to antu_app;

create table study_curve (
  at timestamptz not null,
  region_code text not null,
  scheme text not null,
  learners integer not null,
  constraint study_curve__at_region_code_scheme primary key (at, region_code, scheme)
);
comment on table study_curve is 'Learners studying at each ten minutes, per county and scheme. distributes: reference';
grant select, insert on study_curve to antu_app;

create table export_job (
  id uuid not null,
  account_id uuid not null,
  organisation_id uuid not null references organisation (id),
  kind text not null,
  parameters jsonb not null,
  state text not null,
  rows_done integer not null default 0,
  rows_total integer,
  file_key text,
  file_name text,
  bytes bigint,
  failure text,
  created_at timestamptz not null default now(),
  constraint export_job__id primary key (id),
  constraint export_job__state check (state in ('waiting', 'running', 'ready', 'failed'))
);
comment on table export_job is 'A spreadsheet made in the background. distributes: reference';
grant select, insert, update on export_job to antu_app;
