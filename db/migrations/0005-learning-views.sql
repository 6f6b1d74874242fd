-- What the pages about study read quickly. Everything here is derived: it can be deleted and made again from the ledger and the evidence.

create table course_progress (
  bucket smallint not null,
  person_id uuid not null,
  course_version_id uuid not null references course_version (id),
  credited_seconds integer not null,
  last_credited_at timestamptz not null,
  -- When the last creditable second of the version was credited; stays once set.
  finished_at timestamptz,
  constraint course_progress__bucket_person_id_course_version_id primary key (bucket, person_id, course_version_id),
  constraint course_progress__bucket_person_id foreign key (bucket, person_id) references person (bucket, id),
  constraint course_progress__credited_seconds check (credited_seconds >= 0)
);
comment on table course_progress is 'Sum of lesson_progress per person and course version, kept by trigger. distributes: by person';
grant select, insert, update on course_progress to antu_app;

create function course_version_required_seconds(version_id uuid) returns integer language sql stable as $$
  select coalesce(sum(lesson.duration_ms / 1000), 0)::integer
  from course_version_lesson held join lesson_version lesson on lesson.id = held.lesson_version_id
  where held.course_version_id = version_id
$$;
comment on function course_version_required_seconds is 'Whole seconds of all lessons of a version that can be credited.';

create function sum_course_progress(buckets smallint[], person_ids uuid[], version_ids uuid[]) returns void language sql as $$
  insert into course_progress (bucket, person_id, course_version_id, credited_seconds, last_credited_at, finished_at)
  select wanted.bucket, wanted.person_id, wanted.version_id, sum(progress.credited_seconds), max(progress.updated_at),
    case when sum(progress.credited_seconds) >= course_version_required_seconds(wanted.version_id) then max(progress.updated_at) end
  from (select distinct * from unnest(buckets, person_ids, version_ids) as one (bucket, person_id, version_id)) wanted
  join course_version_lesson held on held.course_version_id = wanted.version_id
  join lesson_progress progress on progress.bucket = wanted.bucket and progress.person_id = wanted.person_id
    and progress.lesson_version_id = held.lesson_version_id
  group by wanted.bucket, wanted.person_id, wanted.version_id
  having sum(progress.credited_seconds) > 0
  order by wanted.bucket, wanted.person_id, wanted.version_id
  on conflict (bucket, person_id, course_version_id) do update set
    credited_seconds = excluded.credited_seconds,
    last_credited_at = excluded.last_credited_at,
    finished_at = coalesce(course_progress.finished_at, excluded.finished_at)
$$;
comment on function sum_course_progress is 'Recomputes whole rows instead of adding differences: running it twice changes nothing.';

create function lesson_progress_sum() returns trigger language plpgsql as $$
begin
  perform sum_course_progress(array_agg(changed.bucket), array_agg(changed.person_id), array_agg(held.course_version_id))
  from changed join course_version_lesson held on held.lesson_version_id = changed.lesson_version_id;
  return null;
end $$;
comment on function lesson_progress_sum is 'Once per statement, so that a group of learners costs one sum.';
create trigger lesson_progress__sum_inserted after insert on lesson_progress
  referencing new table as changed for each statement execute function lesson_progress_sum();
create trigger lesson_progress__sum_updated after update on lesson_progress
  referencing new table as changed for each statement execute function lesson_progress_sum();

-- How a closed session went, by replaying its evidence: feeds today's refusals on the live page.
create table study_session_outcome (
  bucket smallint not null,
  session_id uuid not null,
  person_id uuid not null,
  scheme text not null,
  organisation_id uuid,
  region_code text,
  -- China day on which the session ended.
  day date not null,
  end_reason text not null,
  total_seconds integer not null,
  credited_seconds integer not null,
  -- Seconds not credited by reason, as on the proof page.
  not_credited jsonb not null,
  derived_at timestamptz not null,
  constraint study_session_outcome__bucket_session_id primary key (bucket, session_id)
) partition by range (session_id);
create index study_session_outcome__day on study_session_outcome (day, derived_at);
comment on table study_session_outcome is 'Seconds of a closed session by what the rules made of them; derived from its evidence. distributes: by person';
grant select, insert on study_session_outcome to antu_app;

-- Anomalies and ends by time: two small rows of a session, not its segments.
create index study_evidence__notable on study_evidence (recorded_at, session_id) where kind in (3, 4);

create index training_assignment__open_due on training_assignment (due_on);
create index export_job__account_id on export_job (account_id, created_at desc);

alter table export_job add column expires_at timestamptz;
comment on column export_job.expires_at is 'When the file is deleted: it holds names and ID numbers.';
