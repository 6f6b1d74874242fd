-- Statistics of exams: sums by place, exam and month, so that any region answers at once. Everything here is derived from results.

create table exam_statistic (
  kind text not null,
  -- Region code, organisation, or both ids of body and employer.
  place text not null,
  exam text not null,
  -- First day of the China month in which the exam was held.
  month date not null,
  candidates integer not null,
  passed integer not null,
  -- Ten-thousandths of the points, summed.
  sum_share bigint not null,
  bins integer[] not null,
  constraint exam_statistic__kind_place_exam_month primary key (kind, place, exam, month),
  constraint exam_statistic__kind check (kind in ('region', 'body', 'employer', 'body-employer')),
  constraint exam_statistic__counts check (candidates >= 0 and passed between 0 and candidates and sum_share >= 0),
  constraint exam_statistic__bins check (cardinality(bins) = 20)
);
create index exam_statistic__body_employer on exam_statistic (place text_pattern_ops, month) where kind = 'body-employer';
comment on table exam_statistic is 'Marked sittings by place, exam and month. A candidate counts in every region above the own one. distributes: reference';
grant select, insert on exam_statistic to antu_app;
grant update (candidates, passed, sum_share, bins) on exam_statistic to antu_app;

create table exam_topic_statistic (
  kind text not null,
  place text not null,
  exam text not null,
  month date not null,
  topic_id uuid not null,
  candidates integer not null,
  -- Hundredths of points.
  earned bigint not null,
  points bigint not null,
  constraint exam_topic_statistic__key primary key (kind, place, exam, month, topic_id),
  constraint exam_topic_statistic__topic_id foreign key (topic_id) references syllabus_topic (id),
  constraint exam_topic_statistic__counts check (candidates >= 0 and earned between 0 and points)
);
comment on table exam_topic_statistic is 'Points by topic, place, exam and month. distributes: reference';
grant select, insert on exam_topic_statistic to antu_app;
grant update (candidates, earned, points) on exam_topic_statistic to antu_app;

create table exam_item_statistic (
  exam_id uuid not null,
  question_version_id uuid not null,
  -- QuestionMoments of packages/domain/src/exams/question-statistics.ts as JSON.
  moments text not null,
  constraint exam_item_statistic__exam_id_question_version_id primary key (exam_id, question_version_id),
  constraint exam_item_statistic__exam_id foreign key (exam_id) references exam (id),
  constraint exam_item_statistic__question_version_id foreign key (question_version_id) references question_version (id)
);
comment on table exam_item_statistic is 'Answers to each question in one exam, as first marked. distributes: reference';
grant select, insert on exam_item_statistic to antu_app;
grant update (moments) on exam_item_statistic to antu_app;

create table exam_counted (
  bucket smallint not null,
  sitting_id uuid not null,
  -- Version of the result that is in the sums; 0: was taken out again.
  version integer not null,
  counted_at timestamptz not null,
  constraint exam_counted__bucket_sitting_id primary key (bucket, sitting_id)
);
comment on table exam_counted is 'Which sittings are in the sums, so that each is there once and an appeal or a void changes them exactly. distributes: by person';
grant select, insert on exam_counted to antu_app;
grant update (version, counted_at) on exam_counted to antu_app;

create table exam_statistic_due (
  bucket smallint not null,
  id uuid not null,
  sitting_id uuid not null,
  constraint exam_statistic_due__bucket_id primary key (bucket, id)
);
comment on table exam_statistic_due is 'Sittings whose part in the sums has changed. A row for each change, so that marking never waits for counting. distributes: by person';
grant select, insert, delete on exam_statistic_due to antu_app;

create function exam_result_due() returns trigger language plpgsql as $$
begin
  insert into exam_statistic_due (bucket, id, sitting_id)
  select changed.bucket, gen_random_uuid(), changed.sitting_id
  from changed join exam_sitting on exam_sitting.bucket = changed.bucket and exam_sitting.id = changed.sitting_id
  where exam_sitting.kind = 'formal';
  return null;
end $$;
comment on function exam_result_due is 'In the transaction of the result: whatever becomes of a job, nobody is left out of the sums.';
create trigger exam_result__due after insert on exam_result referencing new table as changed
  for each statement execute function exam_result_due();

create function exam_sitting_due() returns trigger language plpgsql as $$
begin
  insert into exam_statistic_due (bucket, id, sitting_id) values (new.bucket, gen_random_uuid(), new.id);
  return null;
end $$;
comment on function exam_sitting_due is 'A sitting that is voided after it was marked leaves the sums.';
create trigger exam_sitting__due after update of state on exam_sitting
  for each row when (old.state = 'marked' and new.state = 'voided' and new.kind = 'formal') execute function exam_sitting_due();
