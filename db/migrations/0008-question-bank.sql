-- Questions with their versions, reviews and files, and the imports that bring them.

create table question_bank (
  id uuid not null,
  organisation_id uuid not null,
  scheme text not null,
  title_zh text not null,
  created_by uuid not null,
  created_at timestamptz not null,
  constraint question_bank__id primary key (id),
  constraint question_bank__organisation_id foreign key (organisation_id) references organisation (id),
  constraint question_bank__scheme foreign key (scheme) references scheme (code),
  constraint question_bank__organisation_id_title_zh unique (organisation_id, title_zh)
);
comment on table question_bank is 'Questions that an organisation keeps together. distributes: reference';
grant select, insert on question_bank to antu_app;
grant update (title_zh) on question_bank to antu_app;

create table question (
  id uuid not null,
  bank_id uuid not null,
  -- The version that papers draw; null while none was approved or after retirement.
  active_version_id uuid,
  retired_at timestamptz,
  retired_because text,
  created_at timestamptz not null,
  constraint question__id primary key (id),
  constraint question__bank_id foreign key (bank_id) references question_bank (id),
  constraint question__retired check ((retired_at is null) = (retired_because is null)),
  constraint question__retired_active check (retired_at is null or active_version_id is null)
);
create index question__bank_id on question (bank_id, id);
comment on table question is 'A question over all its versions. distributes: reference';
grant select, insert on question to antu_app;
grant update (active_version_id, retired_at, retired_because) on question to antu_app;

create table question_version (
  id uuid not null,
  question_id uuid not null,
  number integer not null,
  state text not null,
  kind text not null,
  topic_id uuid not null,
  difficulty smallint not null,
  posts text[] not null,
  exclusion_group text,
  valid_from date not null,
  valid_until date,
  clause text not null,
  explanation text not null,
  -- Question of packages/domain/src/exams as JSON.
  content text not null,
  -- Letters and digits of the stem in lower case: what near-identical stems are looked for by.
  stem_key text not null,
  import_id uuid,
  created_by uuid not null,
  created_at timestamptz not null,
  reviewed_by uuid,
  reviewed_at timestamptz,
  review_comment text,
  constraint question_version__id primary key (id),
  constraint question_version__question_id foreign key (question_id) references question (id),
  constraint question_version__question_id_number unique (question_id, number),
  constraint question_version__topic_id foreign key (topic_id) references syllabus_topic (id),
  constraint question_version__number check (number >= 1),
  constraint question_version__state_known check (state in ('draft', 'review', 'approved', 'refused', 'superseded', 'retired')),
  constraint question_version__kind_known check (kind in ('judgement', 'single', 'multiple', 'fill', 'case')),
  constraint question_version__difficulty check (difficulty between 1 and 3),
  constraint question_version__valid check (valid_until is null or valid_until >= valid_from),
  constraint question_version__reviewed check
    ((reviewed_by is not null) = (state in ('approved', 'refused', 'superseded', 'retired')))
);
create unique index question_version__one_open on question_version (question_id) where state in ('draft', 'review', 'refused');
create index question_version__topic_id on question_version (topic_id, kind, difficulty) where state = 'approved';
create index question_version__state on question_version (state, question_id);
comment on table question_version is 'What a question asks, exactly. Never changed once it is approved. distributes: reference';
grant select, insert on question_version to antu_app;
grant update (state, kind, topic_id, difficulty, posts, exclusion_group, valid_from, valid_until, clause, explanation, content, stem_key,
  reviewed_by, reviewed_at, review_comment) on question_version to antu_app;

create table question_file (
  id uuid not null,
  organisation_id uuid not null,
  kind text not null,
  content_type text not null,
  storage_key text not null,
  sha256 bytea not null,
  size_bytes integer not null,
  created_by uuid not null,
  created_at timestamptz not null,
  constraint question_file__id primary key (id),
  constraint question_file__organisation_id foreign key (organisation_id) references organisation (id),
  constraint question_file__organisation_id_sha256 unique (organisation_id, sha256),
  constraint question_file__kind check (kind in ('picture', 'video'))
);
comment on table question_file is 'A picture or short video of a question. distributes: reference';
grant select, insert on question_file to antu_app;

create table question_import (
  id uuid not null,
  bank_id uuid not null,
  format text not null,
  file_name text not null,
  state text not null,
  rows_total integer not null default 0,
  rows_good integer not null default 0,
  -- Problems by row and column, JSON.
  problems text not null default '[]',
  storage_key text,
  created_by uuid not null,
  created_at timestamptz not null,
  applied_at timestamptz,
  constraint question_import__id primary key (id),
  constraint question_import__bank_id foreign key (bank_id) references question_bank (id),
  constraint question_import__format check (format in ('xlsx', 'text', 'qti')),
  constraint question_import__state check (state in ('checking', 'checked', 'applied', 'refused', 'dropped'))
);
create index question_import__bank_id on question_import (bank_id, created_at);
comment on table question_import is 'A file of questions: checked row by row, applied as a whole or not at all. distributes: reference';
grant select, insert on question_import to antu_app;
grant update (state, rows_total, rows_good, problems, storage_key, applied_at) on question_import to antu_app;
