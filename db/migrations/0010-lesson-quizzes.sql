-- Quizzes of lessons: seconds that were viewed wait for them.

alter table hour_awaiting drop constraint hour_awaiting__bucket_session_id;
alter table hour_awaiting alter column identity_check_id drop not null;
alter table hour_awaiting add column quiz_gate_id uuid;
alter table hour_awaiting add column waits_for uuid not null generated always as (coalesce(identity_check_id, quiz_gate_id)) stored;
alter table hour_awaiting add constraint hour_awaiting__bucket_session_id primary key (bucket, session_id, evidence_index, waits_for);
create index hour_awaiting__quiz_gate on hour_awaiting (bucket, quiz_gate_id) where quiz_gate_id is not null;
comment on table hour_awaiting is 'Seconds that are credited once people confirm who the learner was, once the quiz of the lesson is passed, or once both are so. Never changed. distributes: by person';
comment on column hour_awaiting.quiz_gate_id is 'The quiz_round that the seconds wait for; with identity_check_id: both have to be decided for them.';
comment on column hour_awaiting.waits_for is 'What a decision about the seconds answers.';

alter table hour_decision drop constraint hour_decision__cause_kind;
alter table hour_decision add constraint hour_decision__cause_kind check (cause_kind in ('case', 'appeal', 'identity-check', 'quiz'));
drop index hour_decision__identity_check_once;
create unique index hour_decision__awaited_once on hour_decision (bucket, session_id, cause_id) where cause_kind in ('identity-check', 'quiz');

create table lesson_quiz (
  lesson_version_id uuid not null,
  -- How many questions an attempt asks.
  asked_count smallint not null,
  set_by uuid not null,
  -- From then on what is viewed of the lesson waits.
  since timestamptz not null,
  constraint lesson_quiz__lesson_version_id primary key (lesson_version_id),
  constraint lesson_quiz__lesson_version_id_fkey foreign key (lesson_version_id) references lesson_version (id) on delete cascade,
  constraint lesson_quiz__asked_count check (asked_count between 1 and 100)
);
comment on table lesson_quiz is 'The quiz of a lesson as it stands in one version of its content. distributes: reference';
grant select, insert, delete on lesson_quiz to antu_app;
grant update (asked_count, set_by) on lesson_quiz to antu_app;

create table lesson_quiz_question (
  lesson_version_id uuid not null,
  question_id uuid not null,
  constraint lesson_quiz_question__lesson_version_id_question_id primary key (lesson_version_id, question_id),
  constraint lesson_quiz_question__lesson_version_id foreign key (lesson_version_id) references lesson_quiz (lesson_version_id) on delete cascade,
  constraint lesson_quiz_question__question_id foreign key (question_id) references question (id)
);
create index lesson_quiz_question__question_id on lesson_quiz_question (question_id);
comment on table lesson_quiz_question is 'From what the attempts at a quiz are drawn. distributes: reference';
grant select, insert, delete on lesson_quiz_question to antu_app;

create table quiz_round (
  bucket smallint not null,
  id uuid not null,
  person_id uuid not null,
  lesson_version_id uuid not null,
  course_id uuid not null,
  rule_set_id text not null,
  state text not null,
  opened_at timestamptz not null,
  settled_at timestamptz,
  constraint quiz_round__bucket_id primary key (bucket, id),
  constraint quiz_round__bucket_person_id foreign key (bucket, person_id) references person (bucket, id),
  constraint quiz_round__lesson_version_id foreign key (lesson_version_id) references lesson_version (id),
  constraint quiz_round__state check (state in ('open', 'passed', 'failed')),
  constraint quiz_round__settled check ((settled_at is null) = (state = 'open'))
);
-- Not passed twice either: who has passed needs no further round.
create unique index quiz_round__one_open on quiz_round (bucket, person_id, lesson_version_id) where state <> 'failed';
create index quiz_round__person on quiz_round (bucket, person_id, lesson_version_id, id);
create index quiz_round__settled_at on quiz_round (settled_at) where state <> 'open';
comment on table quiz_round is 'A number of attempts of one person at the quiz of one lesson; study of the lesson waits for its end. distributes: by person';
grant select, insert on quiz_round to antu_app;
grant update (state, settled_at) on quiz_round to antu_app;

create table quiz_attempt (
  bucket smallint not null,
  id uuid not null,
  round_id uuid not null,
  person_id uuid not null,
  number smallint not null,
  -- PaperItem[] of packages/domain/src/exams as JSON.
  paper text not null,
  seconds_per_question smallint not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  right_count smallint,
  passed boolean,
  -- SHA-256 over everything that was decided; written at the end.
  hash bytea,
  constraint quiz_attempt__bucket_id primary key (bucket, id),
  constraint quiz_attempt__bucket_round_id foreign key (bucket, round_id) references quiz_round (bucket, id),
  constraint quiz_attempt__bucket_round_id_number unique (bucket, round_id, number),
  constraint quiz_attempt__number check (number >= 1),
  constraint quiz_attempt__ended check ((ended_at is null) = (passed is null) and (ended_at is null) = (right_count is null)
    and (ended_at is null) = (hash is null))
);
create unique index quiz_attempt__one_running on quiz_attempt (bucket, round_id) where ended_at is null;
create index quiz_attempt__running on quiz_attempt (started_at) where ended_at is null;
create index quiz_attempt__person on quiz_attempt (bucket, person_id, id);
comment on table quiz_attempt is 'One attempt: its paper, and at its end what it came to. distributes: by person';
grant select, insert on quiz_attempt to antu_app;
grant update (ended_at, right_count, passed, hash) on quiz_attempt to antu_app;

create table quiz_answer (
  bucket smallint not null,
  attempt_id uuid not null,
  item smallint not null,
  -- When the question was asked and when the answer was there, by the clock of the server.
  asked_at timestamptz not null,
  answered_at timestamptz not null,
  -- Answer of packages/domain/src/exams as JSON, keyed as the question was written.
  given text not null,
  constraint quiz_answer__bucket_attempt_id_item primary key (bucket, attempt_id, item),
  constraint quiz_answer__bucket_attempt_id foreign key (bucket, attempt_id) references quiz_attempt (bucket, id),
  constraint quiz_answer__order check (answered_at >= asked_at)
);
comment on table quiz_answer is 'Answers that came in time; what is missing was not answered. Never changed. distributes: by person';
grant select, insert on quiz_answer to antu_app;
