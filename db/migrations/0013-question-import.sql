-- Imports of questions: what was found in the file, question by question, until somebody decides.

alter table question_import
  -- Known once the file was looked at.
  alter column format drop not null,
  add column size_bytes integer not null,
  -- For questions that name no topic.
  add column default_topic_id uuid,
  -- Why the file as a whole was not read, in Chinese and English, JSON.
  add column refusal text,
  add column rows_hinted integer not null default 0,
  add column groups text not null default '[]',
  -- Ids that pictures of a package had in the bank that it was exported from, by path, JSON.
  add column file_ids text not null default '{}',
  add column checked_at timestamptz,
  add column undone_at timestamptz,
  add constraint question_import__default_topic_id foreign key (default_topic_id) references syllabus_topic (id),
  drop constraint question_import__state,
  add constraint question_import__state check (state in ('checking', 'checked', 'applied', 'refused', 'dropped', 'undone')),
  add constraint question_import__refused check ((refusal is not null) = (state = 'refused')),
  add constraint question_import__applied check ((applied_at is not null) = (state in ('applied', 'undone')));
comment on column question_import.problems is 'About the file rather than one of its questions, JSON.';
grant update (format, refusal, rows_hinted, groups, file_ids, checked_at, undone_at) on question_import to antu_app;
create index question_version__import_id on question_version (import_id) where import_id is not null;

create table question_import_row (
  import_id uuid not null,
  -- From 0, in the order of the file.
  position integer not null,
  -- DraftRow of packages/domain/src/exams/import as JSON.
  draft text not null,
  -- Question with its facts as JSON; null while something stops it.
  item text,
  problems text not null,
  groups text[] not null,
  has_hints boolean not null,
  constraint question_import_row__import_id_position primary key (import_id, position),
  constraint question_import_row__import_id foreign key (import_id) references question_import (id)
);
comment on table question_import_row is 'A question of a file that is being imported. Deleted with the file. distributes: reference';
grant select, insert, update, delete on question_import_row to antu_app;
