-- Schemes, syllabi, courses with their versions and lessons, reviews, media and uploads.

create table scheme (
  code text not null,
  title_zh text not null,
  title_en text not null,
  constraint scheme__code primary key (code)
);
comment on table scheme is 'Kinds of compulsory training; each fixes rule sets, syllabi and privacy. distributes: reference';
insert into scheme (code, title_zh, title_en) values
  ('road-transport', '道路运输', 'Road transport'),
  ('work-safety', '安全生产', 'Work safety'),
  ('driver-licence', '驾驶培训', 'Driver licence');
grant select on scheme to antu_app;

create table syllabus (
  id uuid not null,
  scheme text not null,
  title_zh text not null,
  title_en text not null,
  source text not null,
  valid_from date not null,
  constraint syllabus__id primary key (id),
  constraint syllabus__scheme foreign key (scheme) references scheme (code),
  constraint syllabus__scheme_title_zh_valid_from unique (scheme, title_zh, valid_from)
);
comment on table syllabus is 'What a scheme requires to be taught, from a date on. distributes: reference';
comment on column syllabus.source is 'The regulation it follows.';
grant select, insert on syllabus to antu_app;

create table syllabus_topic (
  id uuid not null,
  syllabus_id uuid not null,
  code text not null,
  title_zh text not null,
  title_en text not null,
  required_seconds integer not null,
  position integer not null,
  constraint syllabus_topic__id primary key (id),
  constraint syllabus_topic__syllabus_id foreign key (syllabus_id) references syllabus (id),
  constraint syllabus_topic__syllabus_id_code unique (syllabus_id, code),
  constraint syllabus_topic__syllabus_id_position unique (syllabus_id, position),
  constraint syllabus_topic__required_seconds check (required_seconds >= 0),
  constraint syllabus_topic__position check (position >= 1)
);
comment on table syllabus_topic is 'A topic of a syllabus with the time it requires. distributes: reference';
grant select, insert on syllabus_topic to antu_app;

create table course (
  id uuid not null,
  organisation_id uuid not null,
  syllabus_id uuid not null,
  scheme text not null,
  title_zh text not null,
  title_en text,
  created_by uuid not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint course__id primary key (id),
  constraint course__organisation_id foreign key (organisation_id) references organisation (id),
  constraint course__syllabus_id foreign key (syllabus_id) references syllabus (id),
  constraint course__scheme foreign key (scheme) references scheme (code),
  constraint course__organisation_id_title_zh unique (organisation_id, title_zh)
);
create index course__updated_at_id on course (updated_at desc, id desc);
comment on table course is 'A course of a training body over one syllabus. distributes: reference';
comment on column course.scheme is 'That of the syllabus, kept here for the lists.';
comment on column course.created_by is 'Account; no foreign key because accounts distribute by person.';
grant select, insert on course to antu_app;
grant update (updated_at) on course to antu_app;

create table course_version (
  id uuid not null,
  course_id uuid not null,
  number integer not null,
  state text not null,
  summary_zh text not null,
  created_by uuid not null,
  created_at timestamptz not null,
  submitted_by uuid,
  submitted_at timestamptz,
  published_at timestamptz,
  constraint course_version__id primary key (id),
  constraint course_version__course_id foreign key (course_id) references course (id),
  constraint course_version__course_id_number unique (course_id, number),
  constraint course_version__number check (number >= 1),
  constraint course_version__state_known check (state in
    ('draft', 'body-review', 'platform-review', 'published', 'refused', 'superseded', 'withdrawn')),
  constraint course_version__published_at check
    ((published_at is not null) = (state in ('published', 'superseded', 'withdrawn')))
);
create unique index course_version__one_published on course_version (course_id) where state = 'published';
create unique index course_version__one_open on course_version (course_id)
  where state in ('draft', 'refused', 'body-review', 'platform-review');
create index course_version__state on course_version (state, course_id);
comment on table course_version is 'A version of a course; only drafts and refused ones can be edited. distributes: reference';
comment on index course_version__one_open is 'A course has one version in the making at a time.';
grant select, insert on course_version to antu_app;
grant update (state, summary_zh, submitted_by, submitted_at, published_at) on course_version to antu_app;

create table media_asset (
  id uuid not null,
  organisation_id uuid not null,
  state text not null,
  progress_percent smallint not null default 0,
  progress_at timestamptz not null,
  run_id uuid,
  failure text,
  file_name text not null,
  original_key text,
  original_bytes bigint,
  original_sha256 bytea,
  duration_ms integer,
  width_px integer,
  height_px integer,
  playlist_key text,
  poster_key text,
  renditions jsonb not null default '[]',
  subtitles jsonb not null default '[]',
  created_by uuid not null,
  created_at timestamptz not null,
  finished_at timestamptz,
  constraint media_asset__id primary key (id),
  constraint media_asset__organisation_id foreign key (organisation_id) references organisation (id),
  constraint media_asset__state_known check (state in ('processing', 'ready', 'failed')),
  constraint media_asset__progress_percent check (progress_percent between 0 and 100),
  constraint media_asset__failure check ((failure is not null) = (state = 'failed')),
  constraint media_asset__ready check
    (state <> 'ready' or (duration_ms > 0 and playlist_key is not null and finished_at is not null))
);
create index media_asset__organisation_id on media_asset (organisation_id, created_at);
comment on table media_asset is 'A video: its original file and what was transcoded from it. distributes: reference';
comment on column media_asset.duration_ms is 'Sum of the segments of the playlist: what a player can really play.';
comment on column media_asset.original_key is 'The uploaded file; null for videos that came transcoded.';
comment on column media_asset.failure is 'Code of the reason (packages/contract/src/courses.ts has the words).';
comment on column media_asset.run_id is 'The run of the worker that may write; a run that lost the row to a newer one stops.';
grant select, insert on media_asset to antu_app;
grant update (state, progress_percent, progress_at, run_id, failure, original_sha256, duration_ms, width_px, height_px, playlist_key, poster_key,
  renditions, subtitles, finished_at) on media_asset to antu_app;

create table lesson_version (
  id uuid not null,
  lesson_id uuid not null,
  course_id uuid not null,
  course_version_id uuid not null,
  kind text not null,
  title_zh text not null,
  title_en text,
  topic_id uuid,
  media_id uuid,
  document_text text,
  duration_ms integer,
  created_at timestamptz not null,
  constraint lesson_version__id primary key (id),
  constraint lesson_version__course_id foreign key (course_id) references course (id),
  constraint lesson_version__course_version_id foreign key (course_version_id) references course_version (id),
  constraint lesson_version__topic_id foreign key (topic_id) references syllabus_topic (id),
  constraint lesson_version__media_id foreign key (media_id) references media_asset (id),
  constraint lesson_version__lesson_id_course_version_id unique (lesson_id, course_version_id),
  constraint lesson_version__kind_known check (kind in ('video', 'document')),
  constraint lesson_version__content_by_kind check
    (case kind when 'video' then document_text is null else media_id is null end),
  constraint lesson_version__duration_ms check (duration_ms is null or duration_ms > 0)
);
create index lesson_version__course_id on lesson_version (course_id);
create index lesson_version__media_id on lesson_version (media_id) where media_id is not null;
comment on table lesson_version is 'One exact content of a lesson. Which versions of the course contain it, and where, says course_version_lesson. distributes: reference';
comment on column lesson_version.course_version_id is 'The version that brought this content in. Later versions that do not change the lesson contain the same row, so progress is kept.';
comment on column lesson_version.duration_ms is 'Creditable time: length of the media, or the reading time of a document.';
grant select, insert, delete on lesson_version to antu_app;
grant update (title_zh, title_en, kind, topic_id, media_id, document_text, duration_ms) on lesson_version to antu_app;

create table course_version_lesson (
  course_version_id uuid not null,
  position integer not null,
  lesson_version_id uuid not null,
  constraint course_version_lesson__course_version_id_lesson_version_id primary key (course_version_id, lesson_version_id),
  constraint course_version_lesson__course_version_id_position unique (course_version_id, position) deferrable initially deferred,
  constraint course_version_lesson__course_version_id foreign key (course_version_id) references course_version (id),
  constraint course_version_lesson__lesson_version_id foreign key (lesson_version_id) references lesson_version (id),
  constraint course_version_lesson__position check (position >= 1)
);
create index course_version_lesson__lesson_version_id on course_version_lesson (lesson_version_id);
comment on table course_version_lesson is 'The lessons of a version in their order. distributes: reference';
grant select, insert, update, delete on course_version_lesson to antu_app;

create function course_version_must_be_editable(version_id uuid) returns void language plpgsql as $$
begin
  -- The lock makes a submission at the same moment wait, or be seen.
  perform 1 from course_version where id = version_id and state in ('draft', 'refused') for share;
  if not found then
    raise exception 'course version % is not open for editing', version_id
      using errcode = 'check_violation', constraint = 'course_version__never_edited_after_draft';
  end if;
end $$;
comment on function course_version_must_be_editable is 'A version that left the draft state is never edited.';

create function course_version_lesson_guard() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then perform course_version_must_be_editable(old.course_version_id); end if;
  if tg_op <> 'DELETE' then perform course_version_must_be_editable(new.course_version_id); end if;
  return coalesce(new, old);
end $$;
create trigger course_version_lesson__guard before insert or update or delete on course_version_lesson
  for each row execute function course_version_lesson_guard();

create function lesson_version_guard() returns trigger language plpgsql as $$
begin
  perform course_version_must_be_editable(old.course_version_id);
  return coalesce(new, old);
end $$;
create trigger lesson_version__guard before update or delete on lesson_version
  for each row execute function lesson_version_guard();

create table course_review (
  id uuid not null,
  course_version_id uuid not null,
  stage text not null,
  decision text not null,
  comment text not null,
  reviewer_id uuid not null,
  at timestamptz not null,
  constraint course_review__id primary key (id),
  constraint course_review__course_version_id foreign key (course_version_id) references course_version (id),
  constraint course_review__stage_known check (stage in ('body', 'platform')),
  constraint course_review__decision_known check (decision in ('approved', 'refused')),
  constraint course_review__comment check (decision = 'approved' or length(comment) > 0)
);
create index course_review__course_version_id_at on course_review (course_version_id, at);
comment on table course_review is 'Decisions over versions, never changed. distributes: reference';
comment on column course_review.reviewer_id is 'Account of the reviewer.';
grant select, insert on course_review to antu_app;

create table upload (
  id uuid not null,
  organisation_id uuid not null,
  account_id uuid not null,
  file_name text not null,
  content_type text not null,
  size_bytes bigint not null,
  offset_bytes bigint not null default 0,
  state text not null default 'receiving',
  media_id uuid,
  failure text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  constraint upload__id primary key (id),
  constraint upload__organisation_id foreign key (organisation_id) references organisation (id),
  constraint upload__media_id foreign key (media_id) references media_asset (id),
  constraint upload__state_known check (state in ('receiving', 'received', 'refused', 'expired')),
  constraint upload__offset_bytes check (offset_bytes between 0 and size_bytes),
  constraint upload__received check ((state = 'received') = (media_id is not null)),
  constraint upload__complete check (state <> 'received' or offset_bytes = size_bytes),
  constraint upload__failure check ((failure is not null) = (state = 'refused'))
);
create index upload__expires_at on upload (expires_at) where state = 'receiving';
comment on table upload is 'Files on their way in. The offset is moved only after the bytes are on disk. distributes: reference';
grant select, insert on upload to antu_app;
grant update (offset_bytes, state, media_id, failure, expires_at) on upload to antu_app;
