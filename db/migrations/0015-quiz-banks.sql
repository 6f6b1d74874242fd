-- Quizzes of lessons draw from banks by topic: a question that is retired leaves a quiz by itself, and its next wording comes in.

drop table lesson_quiz_question;
alter table lesson_quiz add column bank_id uuid not null;
alter table lesson_quiz add column topic_ids uuid[] not null;
alter table lesson_quiz add constraint lesson_quiz__topic_ids check (cardinality(topic_ids) >= 1);
alter table lesson_quiz add constraint lesson_quiz__bank_id foreign key (bank_id) references question_bank (id);
create index lesson_quiz__bank_id on lesson_quiz (bank_id);
grant update (bank_id, topic_ids) on lesson_quiz to antu_app;

create function lesson_quiz_guard() returns trigger language plpgsql as $$
declare
  version_id uuid;
begin
  select course_version_id into version_id from lesson_version where id = coalesce(new.lesson_version_id, old.lesson_version_id);
  -- Gone with its lesson, which has a guard of its own.
  if version_id is not null then perform course_version_must_be_editable(version_id); end if;
  return coalesce(new, old);
end $$;
comment on function lesson_quiz_guard is 'A quiz is a part of the content of its lesson and as unchangeable.';
create trigger lesson_quiz__guard before insert or update or delete on lesson_quiz
  for each row execute function lesson_quiz_guard();

-- The clock runs for an attempt as a whole: so many seconds for each of its questions.
alter table quiz_answer drop constraint quiz_answer__order;
alter table quiz_answer drop column asked_at;
alter table quiz_attempt add column ends_at timestamptz not null;
drop index quiz_attempt__running;
create index quiz_attempt__ends_at on quiz_attempt (ends_at) where ended_at is null;
comment on column quiz_attempt.ends_at is 'No answer counts from then on.';
