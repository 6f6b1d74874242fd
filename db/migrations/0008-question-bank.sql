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
  -- Options of each part that a paper may show in another order, 0 where there are none: papers are drawn without reading the content.
  option_counts smallint[] not null,
  -- Letters and digits of the stem in lower case: what near-identical stems are looked for by.
  stem_key text not null,
  -- Grows with every edit: a writer or reviewer who saw an older one is told so.
  revision integer not null default 1,
  import_id uuid,
  created_by uuid not null,
  -- Everybody who wrote in it; none of them reviews it.
  authors uuid[] not null,
  created_at timestamptz not null,
  reviewed_by uuid,
  reviewed_at timestamptz,
  review_comment text,
  constraint question_version__id primary key (id),
  constraint question_version__question_id foreign key (question_id) references question (id),
  constraint question_version__question_id_number unique (question_id, number),
  constraint question_version__topic_id foreign key (topic_id) references syllabus_topic (id),
  constraint question_version__number check (number >= 1),
  constraint question_version__state_known check (state in ('draft', 'review', 'approved', 'refused', 'superseded', 'retired', 'dropped')),
  constraint question_version__kind_known check (kind in ('judgement', 'single', 'multiple', 'fill', 'case')),
  constraint question_version__difficulty check (difficulty between 1 and 3),
  constraint question_version__valid check (valid_until is null or valid_until >= valid_from),
  constraint question_version__reviewed check
    ((reviewed_by is not null) = (state in ('approved', 'refused', 'superseded', 'retired'))),
  constraint question_version__own_work check (created_by = any(authors) and (reviewed_by is null or not reviewed_by = any(authors)))
);
create unique index question_version__one_open on question_version (question_id) where state in ('draft', 'review', 'refused');
create index question_version__topic_id on question_version (topic_id, kind, difficulty) where state = 'approved';
create index question_version__state on question_version (state, question_id);
comment on table question_version is 'What a question asks, exactly. Never changed once it is approved. distributes: reference';
grant select, insert on question_version to antu_app;
grant update (state, kind, topic_id, difficulty, posts, exclusion_group, valid_from, valid_until, clause, explanation, content,
  option_counts, stem_key, revision, authors, reviewed_by, reviewed_at, review_comment) on question_version to antu_app;

create function question_version_guard() returns trigger language plpgsql as $$
begin
  if (old.kind, old.topic_id, old.difficulty, old.posts, old.exclusion_group, old.valid_from, old.valid_until, old.clause, old.explanation,
      old.content, old.option_counts, old.stem_key, old.authors)
    is distinct from (new.kind, new.topic_id, new.difficulty, new.posts, new.exclusion_group, new.valid_from, new.valid_until, new.clause,
      new.explanation, new.content, new.option_counts, new.stem_key, new.authors)
    and old.state not in ('draft', 'refused') then
    raise exception 'question version % is not open for editing', old.id
      using errcode = 'check_violation', constraint = 'question_version__never_edited_after_draft';
  end if;
  if old.state in ('approved', 'superseded', 'retired', 'dropped') and new.state in ('draft', 'review', 'refused') then
    raise exception 'question version % is never opened again', old.id
      using errcode = 'check_violation', constraint = 'question_version__never_edited_after_draft';
  end if;
  return new;
end $$;
comment on function question_version_guard is 'What a paper may have asked is never changed: only a draft or a refused version is.';
create trigger question_version__guard before update on question_version for each row execute function question_version_guard();

create table question_review (
  id uuid not null,
  question_version_id uuid not null,
  revision integer not null,
  decision text not null,
  comment text not null,
  reviewer_id uuid not null,
  at timestamptz not null,
  constraint question_review__id primary key (id),
  constraint question_review__question_version_id foreign key (question_version_id) references question_version (id),
  constraint question_review__decision check (decision in ('approved', 'refused')),
  constraint question_review__comment check (decision = 'approved' or comment <> '')
);
create index question_review__question_version_id on question_review (question_version_id, at);
comment on table question_review is 'Decisions of reviewers, also those on drafts that were changed later. distributes: reference';
grant select, insert on question_review to antu_app;

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

create table question_use (
  question_version_id uuid not null,
  source text not null,
  -- Sums of one version lie in a few rows, so that candidates who hand in together do not wait for one another.
  lane smallint not null,
  answered bigint not null,
  right_count bigint not null,
  sum_score bigint not null,
  -- Attempts that asked something else as well, and the sums over them that the point-biserial coefficient needs.
  paired bigint not null,
  sum_x bigint not null,
  sum_y bigint not null,
  sum_xx bigint not null,
  sum_yy bigint not null,
  sum_xy bigint not null,
  -- How often each choice was made: CHOICES_PER_PART of packages/domain/src/exams/question-statistics.ts for each part.
  choices bigint[] not null,
  constraint question_use__question_version_id_source_lane primary key (question_version_id, source, lane),
  constraint question_use__question_version_id foreign key (question_version_id) references question_version (id),
  constraint question_use__source check (source in ('quiz', 'practice', 'mock', 'formal')),
  constraint question_use__lane check (lane between 0 and 7),
  constraint question_use__counts check (answered >= 1 and right_count between 0 and answered and paired between 0 and answered)
);
comment on table question_use is 'Sums over marked answers, by version and occasion; scores in thousandths. distributes: reference';
grant select, insert on question_use to antu_app;
grant update (answered, right_count, sum_score, paired, sum_x, sum_y, sum_xx, sum_yy, sum_xy, choices) on question_use to antu_app;
