-- A closed session may leave 4 KiB per credited hour. Outcomes serve the live page of today only and can be made again from the
-- evidence: they hold what that page reads, and the worker deletes them after three days.

drop table study_session_outcome;
create table study_session_outcome (
  bucket smallint not null,
  session_id uuid not null,
  -- China day on which the session ended.
  day date not null,
  derived_at timestamptz not null,
  region_code text,
  scheme text not null,
  -- Seconds not credited by reason, as on the proof page.
  not_credited jsonb not null,
  constraint study_session_outcome__bucket_session_id primary key (bucket, session_id)
);
create index study_session_outcome__derived_at on study_session_outcome (derived_at);
comment on table study_session_outcome is 'Seconds of a session closed in the last days that were not credited; derived from its evidence. distributes: by person';
grant select, insert, delete on study_session_outcome to antu_app;

-- The row is read anyway, so the index need not name its session.
drop index study_evidence__notable;
create index study_evidence__notable on study_evidence (recorded_at) where kind in (3, 4);
