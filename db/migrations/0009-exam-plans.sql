-- Plans of papers: what is drawn from the bank, or questions picked by hand.

create table exam_plan (
  id uuid not null,
  organisation_id uuid not null,
  scheme text not null,
  rule_set_id text not null,
  title_zh text not null,
  -- Lines of a Blueprint as JSON; null where the questions are picked by hand.
  lines text,
  -- Questions with their hundredths of points as JSON; null where they are drawn.
  picked text,
  -- Questions for everybody and for these posts; empty: for any post.
  posts text[] not null default '{}',
  shuffle_questions boolean not null,
  shuffle_options boolean not null,
  is_mock boolean not null,
  -- The plan of which this one is the next wording.
  replaces_id uuid,
  retired_at timestamptz,
  created_by uuid not null,
  created_at timestamptz not null,
  constraint exam_plan__id primary key (id),
  constraint exam_plan__organisation_id foreign key (organisation_id) references organisation (id),
  constraint exam_plan__scheme foreign key (scheme) references scheme (code),
  constraint exam_plan__replaces_id foreign key (replaces_id) references exam_plan (id),
  constraint exam_plan__replaced_once unique (replaces_id),
  constraint exam_plan__lines_picked check ((lines is null) <> (picked is null))
);
create index exam_plan__organisation_id on exam_plan (organisation_id, created_at);
create index exam_plan__mock on exam_plan (scheme) where is_mock and retired_at is null;
comment on table exam_plan is 'From what papers are drawn. Never changed: a change is a new row that replaces the old one, on which dated exams stay. distributes: reference';
comment on column exam_plan.is_mock is 'Offered to learners as a mock exam; such a plan serves no formal exam.';
grant select, insert on exam_plan to antu_app;
grant update (retired_at) on exam_plan to antu_app;
