-- Who sits an exam: checks of one exam, pictures in passing, and what waits for people.

alter table identity_challenge add constraint identity_challenge__exam check (purpose <> 'exam' or session_id is not null);
alter table identity_check add constraint identity_check__exam check (purpose <> 'exam' or session_id is not null);
comment on column identity_check.session_id is 'Study session, or for an exam the sitting: one person and one exam.';

alter table exam_sitting
  add column picture_seed uuid not null default gen_random_uuid(),
  add column watched boolean not null default false,
  add column pictures_settled integer not null default 0,
  add column identity_awaits uuid[] not null default '{}';
comment on column exam_sitting.picture_seed is 'Secret from which the moments of the pictures follow. Never leaves the server while the sitting runs.';
comment on column exam_sitting.watched is 'Pictures are asked for; false once it is known what became of all of them.';
comment on column exam_sitting.pictures_settled is 'So many of the pictures that were due have been taken or are noted as missing.';
comment on column exam_sitting.identity_awaits is 'Checks that people have not approved and on which the start rests: until it is empty nothing is marked.';
create index exam_sitting__watched on exam_sitting (bucket, id) where watched;
grant update (watched, pictures_settled, identity_awaits) on exam_sitting to antu_app;
