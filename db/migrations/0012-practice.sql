-- Practice: what learners have tried, what they got wrong, and which banks may be practised.

-- Practice shows what is right. Banks are closed until somebody opens them, so that questions kept for formal exams stay unseen.
alter table question_bank add column open_for_practice boolean not null default false;
grant update (open_for_practice) on question_bank to antu_app;

create table practice_question (
  bucket smallint not null,
  person_id uuid not null,
  question_id uuid not null,
  -- Answers given; names the next one, so that an answer sent twice counts once.
  answered integer not null,
  right_count integer not null,
  -- Right answers since the last wrong one.
  rights_in_a_row integer not null,
  -- In the wrong-answer book since; null while not in it.
  in_book_since timestamptz,
  last_version_id uuid not null,
  -- The last answer in the keys of the version, JSON.
  last_answer text not null,
  last_answered_at timestamptz not null,
  constraint practice_question__bucket_person_id_question_id primary key (bucket, person_id, question_id),
  constraint practice_question__bucket_person_id foreign key (bucket, person_id) references person (bucket, id),
  constraint practice_question__question_id foreign key (question_id) references question (id),
  constraint practice_question__last_version_id foreign key (last_version_id) references question_version (id),
  constraint practice_question__counts check (right_count between 0 and answered and rights_in_a_row between 0 and right_count)
);
create index practice_question__book on practice_question (bucket, person_id, in_book_since) where in_book_since is not null;
comment on table practice_question is 'How a person stands with a question that they practised. No hours and no result follow from it. distributes: by person';
grant select, insert on practice_question to antu_app;
grant update (answered, right_count, rights_in_a_row, in_book_since, last_version_id, last_answer, last_answered_at)
  on practice_question to antu_app;

create table practice_topic (
  bucket smallint not null,
  person_id uuid not null,
  topic_id uuid not null,
  -- Whether the latest answers were right, the newest last; how many are kept is a number of the practice rules.
  latest boolean[] not null,
  constraint practice_topic__bucket_person_id_topic_id primary key (bucket, person_id, topic_id),
  constraint practice_topic__bucket_person_id foreign key (bucket, person_id) references person (bucket, id),
  constraint practice_topic__topic_id foreign key (topic_id) references syllabus_topic (id)
);
comment on table practice_topic is 'Latest answers of a person in practice of a topic: where to study. distributes: by person';
grant select, insert on practice_topic to antu_app;
grant update (latest) on practice_topic to antu_app;
