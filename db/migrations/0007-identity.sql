-- Who sits in front of the camera: consent, enrolment, challenges, decisions about identity, pictures, and what follows for hours.

create table face_consent (
  bucket smallint not null,
  id uuid not null,
  person_id uuid not null,
  kind text not null,
  notice_version text not null,
  account_id uuid not null,
  address inet not null,
  at timestamptz not null,
  constraint face_consent__bucket_id primary key (bucket, id),
  constraint face_consent__bucket_person_id foreign key (bucket, person_id) references person (bucket, id),
  constraint face_consent__kind check (kind in ('given', 'withdrawn'))
);
create index face_consent__person on face_consent (bucket, person_id, id);
comment on table face_consent is 'Separate consent to face processing and its withdrawal (PIPL art. 14, 15, 29). Never changed. distributes: by person';
grant select, insert on face_consent to antu_app;

create table face_enrolment (
  bucket smallint not null,
  person_id uuid not null,
  id uuid not null,
  state text not null,
  source text not null,
  provider text not null,
  template_sealed bytea,
  picture_key text,
  picture_until timestamptz,
  rule_set_id text not null,
  enrolled_by uuid not null,
  enrolled_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  refused_because text,
  constraint face_enrolment__bucket_person_id primary key (bucket, person_id),
  constraint face_enrolment__bucket_person_id__person foreign key (bucket, person_id) references person (bucket, id),
  constraint face_enrolment__state check (state in ('waiting', 'active', 'refused')),
  constraint face_enrolment__source check (source in ('self', 'on-site', 'roster')),
  constraint face_enrolment__template check ((state = 'refused') = (template_sealed is null))
);
create index face_enrolment__picture_until on face_enrolment (picture_until) where picture_key is not null;
create index face_enrolment__waiting on face_enrolment (id) where state = 'waiting';
comment on table face_enrolment is 'The face a person is compared with. Deleted for real when consent ends. distributes: by person';
comment on column face_enrolment.template_sealed is 'Encrypted, bound to the id of the row: numbers made of the picture by the provider.';
comment on column face_enrolment.picture_key is 'Encrypted file in the storage; null once its time is over.';
grant select, insert, update, delete on face_enrolment to antu_app;

create table identity_challenge (
  bucket smallint not null,
  id uuid not null,
  person_id uuid not null,
  purpose text not null,
  session_id uuid,
  check_id uuid,
  login_session_id text,
  scheme text not null,
  region_code text not null,
  rule_set_id text not null,
  nonce text not null,
  prompts text not null,
  step smallint not null,
  step_at timestamptz not null,
  state text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  constraint identity_challenge__bucket_id primary key (bucket, id),
  constraint identity_challenge__bucket_person_id foreign key (bucket, person_id) references person (bucket, id),
  constraint identity_challenge__purpose check (purpose in ('study', 'sign-in', 'exam')),
  constraint identity_challenge__state check (state in ('open', 'judging', 'done'))
);
create index identity_challenge__person on identity_challenge (bucket, person_id, created_at);
create index identity_challenge__expires_at on identity_challenge (expires_at);
comment on table identity_challenge is 'A check that is going on: prompts, nonce, where it stands. Rows are deleted a day after they expire. distributes: by person';
grant select, insert, update, delete on identity_challenge to antu_app;

create table identity_check (
  bucket smallint not null,
  id uuid not null,
  person_id uuid not null,
  purpose text not null,
  session_id uuid,
  check_id uuid,
  login_session_id text,
  scheme text not null,
  rule_set_id text not null,
  method text not null,
  provider text,
  outcome text not null,
  -- Prompts, problems, signs, distances and numbers of the provider, canonical JSON.
  detail text not null,
  supervisor_account_id uuid,
  address inet not null,
  asked_at timestamptz not null,
  decided_at timestamptz not null,
  hash bytea not null,
  constraint identity_check__bucket_id primary key (bucket, id),
  constraint identity_check__purpose check (purpose in ('study', 'sign-in', 'exam')),
  constraint identity_check__method check (method in ('face', 'on-site', 'review')),
  constraint identity_check__outcome check (outcome in ('passed', 'failed', 'pending')),
  constraint identity_check__hash check (octet_length(hash) = 32)
) partition by range (id);
create index identity_check__person on identity_check (bucket, person_id, id);
create index identity_check__session on identity_check (bucket, session_id) where session_id is not null;
comment on table identity_check is 'A verdict about who was there; the id is that of its challenge. Never changed. distributes: by person';
comment on column identity_check.hash is 'SHA-256 of the canonical text of the row; the evidence of a session names it.';
grant select, insert on identity_check to antu_app;

create table identity_capture (
  bucket smallint not null,
  id uuid not null,
  person_id uuid not null,
  check_id uuid,
  session_id uuid,
  kind text not null,
  step smallint,
  storage_key text,
  sha256 bytea not null,
  size_bytes integer not null,
  taken_at timestamptz not null,
  keep_until timestamptz not null,
  -- What the worker found in a random snapshot, canonical JSON; null until then.
  findings text,
  constraint identity_capture__bucket_id primary key (bucket, id),
  constraint identity_capture__bucket_person_id foreign key (bucket, person_id) references person (bucket, id),
  constraint identity_capture__kind check (kind in ('check', 'random', 'id-card', 'review-face')),
  constraint identity_capture__sha256 check (octet_length(sha256) = 32)
);
create index identity_capture__session on identity_capture (bucket, session_id) where session_id is not null;
create index identity_capture__check on identity_capture (bucket, check_id) where check_id is not null;
create index identity_capture__keep_until on identity_capture (keep_until) where storage_key is not null;
create index identity_capture__sha256 on identity_capture (bucket, person_id, sha256);
create index identity_capture__stored on identity_capture (bucket, person_id) where storage_key is not null;
comment on table identity_capture is 'Pictures of checks and random snapshots: encrypted files, kept as long as the rule set says. distributes: by person';
comment on column identity_capture.sha256 is 'Of the picture as it arrived: the same bytes a second time are a replay.';
grant select, insert on identity_capture to antu_app;
grant update (storage_key, findings) on identity_capture to antu_app;

create table identity_code (
  bucket smallint not null,
  id uuid not null,
  person_id uuid not null,
  code_hash bytea not null,
  issued_by uuid not null,
  organisation_id uuid not null references organisation (id),
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  tries smallint not null default 0,
  used_at timestamptz,
  constraint identity_code__bucket_id primary key (bucket, id),
  constraint identity_code__bucket_person_id foreign key (bucket, person_id) references person (bucket, id)
);
create index identity_code__person on identity_code (bucket, person_id, issued_at);
comment on table identity_code is 'One-time codes that a supervisor on site reads out. distributes: by person';
grant select, insert on identity_code to antu_app;
grant update (tries, used_at) on identity_code to antu_app;

create table identity_review (
  bucket smallint not null,
  id uuid not null,
  person_id uuid not null,
  organisation_id uuid not null references organisation (id),
  region_code text,
  purpose text not null,
  session_id uuid,
  face_capture_id uuid not null,
  -- Null: the provider was away, the face is compared with the enrolment picture.
  id_card_capture_id uuid,
  state text not null,
  asked_at timestamptz not null,
  decided_at timestamptz,
  constraint identity_review__bucket_id primary key (bucket, id),
  constraint identity_review__bucket_person_id foreign key (bucket, person_id) references person (bucket, id),
  constraint identity_review__state check (state in ('open', 'approved', 'rejected'))
);
create index identity_review__organisation_id on identity_review (organisation_id, state, asked_at);
comment on table identity_review is 'A check that two people of the body decide; the id is that of the pending identity_check. distributes: by person';
grant select, insert on identity_review to antu_app;
grant update (state, decided_at) on identity_review to antu_app;

create table identity_review_vote (
  bucket smallint not null,
  review_id uuid not null,
  account_id uuid not null,
  approve boolean not null,
  reason text not null,
  at timestamptz not null,
  constraint identity_review_vote__bucket_review_id_account_id primary key (bucket, review_id, account_id),
  constraint identity_review_vote__bucket_review_id foreign key (bucket, review_id) references identity_review (bucket, id)
);
comment on table identity_review_vote is 'What each of the two people said. Never changed. distributes: by person';
grant select, insert on identity_review_vote to antu_app;

create table face_double (
  bucket smallint not null,
  person_id uuid not null,
  other_person_id uuid not null,
  distance_milli integer not null,
  rule_set_id text not null,
  found_at timestamptz not null,
  constraint face_double__bucket_person_id_other_person_id primary key (bucket, person_id, other_person_id),
  constraint face_double__bucket_person_id foreign key (bucket, person_id) references person (bucket, id),
  constraint face_double__two_people check (person_id <> other_person_id)
);
comment on table face_double is 'Two people whose enrolled faces are nearly the same, once from each side: a sign for the review desk, no verdict. distributes: by person';
comment on column face_double.distance_milli is 'Distance of the two templates times 1000.';
grant select, insert on face_double to antu_app;

-- ---- What follows for study sessions and hours -------------------------------------------------------------------

alter table live_study_session add column check_id uuid, add column check_seed bytea;
comment on column live_study_session.check_seed is 'Secret from which the moments of the checks follow; its hash stands in the first row of evidence, itself in the last.';
alter table study_session add column device_id uuid;
comment on column study_session.device_id is 'Random number that the browser keeps: tells devices apart, a claim.';
alter table lesson_progress add column identity_checked boolean not null default false;
comment on column lesson_progress.identity_checked is 'A check at a random moment of this lesson was passed: at least one per video (inspection table item 10).';

create table hour_awaiting (
  bucket smallint not null,
  session_id uuid not null,
  evidence_index integer not null,
  -- The pending identity_check that the seconds wait for.
  identity_check_id uuid not null,
  person_id uuid not null,
  lesson_version_id uuid not null,
  media int4multirange not null,
  seconds integer not null,
  hash bytea not null,
  constraint hour_awaiting__bucket_session_id primary key (bucket, session_id, evidence_index, identity_check_id),
  constraint hour_awaiting__seconds check (seconds > 0)
);
create index hour_awaiting__person on hour_awaiting (bucket, person_id, lesson_version_id);
create index hour_awaiting__check on hour_awaiting (bucket, identity_check_id);
comment on table hour_awaiting is 'Seconds that would be credited if two people confirm who the learner was. Never changed. distributes: by person';
grant select, insert on hour_awaiting to antu_app;

create table hour_decision (
  bucket smallint not null,
  id uuid not null,
  person_id uuid not null,
  session_id uuid not null,
  kind text not null,
  -- What it answers: a case of the review desk, an appeal, or an identity_check that was pending.
  cause_kind text not null,
  cause_id uuid not null,
  lesson_version_id uuid not null,
  media int4multirange not null,
  seconds integer not null,
  reason text not null,
  decided_by text not null,
  decided_at timestamptz not null,
  rule_set_id text not null,
  hash bytea not null,
  constraint hour_decision__bucket_id primary key (bucket, id),
  constraint hour_decision__kind check (kind in ('accept', 'void', 'restore', 'award', 'refuse')),
  constraint hour_decision__cause_kind check (cause_kind in ('case', 'appeal', 'identity-check')),
  constraint hour_decision__seconds check (seconds >= 0)
);
create index hour_decision__session on hour_decision (bucket, session_id);
create index hour_decision__person on hour_decision (bucket, person_id, id);
-- What a pending check decides for a session is carried out once, however often the job runs.
create unique index hour_decision__identity_check_once on hour_decision (bucket, session_id, cause_id) where cause_kind = 'identity-check';
comment on table hour_decision is 'A later decision over the same facts: void, restore, award. Never changed; what it does to hours stands in the ledger. distributes: by person';
grant select, insert on hour_decision to antu_app;

alter table hour_ledger_entry add column decision_id uuid;
alter table hour_ledger_entry drop constraint hour_ledger_entry__credited_seconds;
alter table hour_ledger_entry add constraint hour_ledger_entry__credited_seconds
  check (credited_seconds > 0 or (credited_seconds < 0 and decision_id is not null));
comment on column hour_ledger_entry.decision_id is 'The hour_decision it rests on instead of a row of evidence (evidence_index is then -1); negative seconds take back.';

create table review_case (
  bucket smallint not null,
  id uuid not null,
  person_id uuid not null,
  session_id uuid not null,
  -- Employer, body that teaches, and region at the time: who may see it.
  organisation_id uuid,
  body_id uuid,
  region_code text,
  score smallint not null,
  reasons text not null,
  state text not null,
  has_open_appeal boolean not null default false,
  created_at timestamptz not null,
  decided_at timestamptz,
  constraint review_case__bucket_id primary key (bucket, id),
  constraint review_case__bucket_session_id unique (bucket, session_id),
  constraint review_case__bucket_person_id foreign key (bucket, person_id) references person (bucket, id),
  constraint review_case__state check (state in ('open', 'accepted', 'voided-part', 'voided-all'))
);
create index review_case__queue on review_case (state, score desc, id);
create index review_case__person on review_case (bucket, person_id);
comment on table review_case is 'A suspicious session in the queue of the review desk. distributes: by person';
comment on column review_case.reasons is 'JSON: reason, points and numbers of each sign; their sum is the score.';
grant select, insert on review_case to antu_app;
grant update (score, reasons, state, has_open_appeal, decided_at) on review_case to antu_app;

create table study_appeal (
  bucket smallint not null,
  id uuid not null,
  person_id uuid not null,
  session_id uuid not null,
  text text not null,
  at timestamptz not null,
  state text not null,
  answer text,
  answered_by text,
  answered_at timestamptz,
  constraint study_appeal__bucket_id primary key (bucket, id),
  constraint study_appeal__bucket_person_id foreign key (bucket, person_id) references person (bucket, id),
  constraint study_appeal__state check (state in ('open', 'granted', 'rejected'))
);
create index study_appeal__session on study_appeal (bucket, session_id);
create unique index study_appeal__open_once on study_appeal (bucket, session_id) where state = 'open';
create index study_appeal__person on study_appeal (bucket, person_id, id);
comment on table study_appeal is 'A learner asks for another look at a session. distributes: by person';
grant select, insert on study_appeal to antu_app;
grant update (state, answer, answered_by, answered_at) on study_appeal to antu_app;

create table review_scan (
  name text not null,
  until timestamptz not null,
  constraint review_scan__name primary key (name)
);
comment on table review_scan is 'Up to which end of sessions the worker has looked for suspicious ones, per look. distributes: reference';
grant select, insert, update on review_scan to antu_app;

-- Sums may go down now: a course that was finished is open again when hours were taken back, and a sum may be nothing.
create or replace function sum_course_progress(buckets smallint[], person_ids uuid[], version_ids uuid[]) returns void language sql as $$
  insert into course_progress (bucket, person_id, course_version_id, credited_seconds, last_credited_at, finished_at)
  select wanted.bucket, wanted.person_id, wanted.version_id, sum(progress.credited_seconds), max(progress.updated_at),
    case when sum(progress.credited_seconds) >= course_version_required_seconds(wanted.version_id) then max(progress.updated_at) end
  from (select distinct * from unnest(buckets, person_ids, version_ids) as one (bucket, person_id, version_id)) wanted
  join course_version_lesson held on held.course_version_id = wanted.version_id
  join lesson_progress progress on progress.bucket = wanted.bucket and progress.person_id = wanted.person_id
    and progress.lesson_version_id = held.lesson_version_id
  group by wanted.bucket, wanted.person_id, wanted.version_id
  having sum(progress.credited_seconds) > 0 or exists (
    select from course_progress known where known.bucket = wanted.bucket and known.person_id = wanted.person_id
      and known.course_version_id = wanted.version_id)
  order by wanted.bucket, wanted.person_id, wanted.version_id
  on conflict (bucket, person_id, course_version_id) do update set
    credited_seconds = excluded.credited_seconds,
    last_credited_at = excluded.last_credited_at,
    finished_at = case when excluded.finished_at is not null then coalesce(course_progress.finished_at, excluded.finished_at) end
$$;
comment on function sum_course_progress is 'Recomputes whole rows instead of adding differences: running it twice changes nothing.';
comment on column course_progress.finished_at is 'When the last creditable second of the version was credited; stays while all of it counts.';
