-- What comes after an exam: appeals, questions that count for everybody, results marked again. And around it: seats, kinds of device,
-- saves of a device that was taken over.

alter table exam_booking add column seat integer;
alter table exam_booking add constraint exam_booking__seat check (seat >= 1);
comment on column exam_booking.seat is 'Place in the room, in the order of booking; given when booking has ended. Null online and before.';
grant update (seat) on exam_booking to antu_app;

alter table exam_sitting
  add column device text,
  add column voided_by uuid,
  add constraint exam_sitting__device check (device in ('phone', 'tablet', 'computer'));
comment on column exam_sitting.device is 'Kind of the device on which it runs or ran last.';
comment on column exam_sitting.voided_by is 'Account that declared it void, and does not judge an appeal against that.';
grant update (device, voided_by) on exam_sitting to antu_app;

create table exam_past_device (
  bucket smallint not null,
  sitting_id uuid not null,
  -- SHA-256 of the token that the device had.
  device_hash bytea not null,
  device_id uuid not null,
  replaced_at timestamptz not null,
  constraint exam_past_device__bucket_sitting_id_device_hash primary key (bucket, sitting_id, device_hash)
);
comment on table exam_past_device is 'Devices that another one took a sitting over from: what they saved before may still come. distributes: by person';
grant select, insert on exam_past_device to antu_app;

alter table exam_save add column overtaken_at timestamptz;
comment on column exam_save.overtaken_at is 'When the device was replaced, of a save that came after that: answers given before count as if saved just then.';

create table exam_appeal (
  bucket smallint not null,
  id uuid not null,
  person_id uuid not null,
  sitting_id uuid not null,
  exam_id uuid not null,
  -- Place on the paper and version of the question there; null: about the whole result.
  item integer,
  question_version_id uuid,
  reason text not null,
  state text not null,
  appealed_at timestamptz not null,
  answer text,
  answered_by uuid,
  answered_at timestamptz,
  constraint exam_appeal__bucket_id primary key (bucket, id),
  constraint exam_appeal__bucket_of_id check (bucket = (get_byte(uuid_send(id), 15) & 63)),
  constraint exam_appeal__bucket_person_id foreign key (bucket, person_id) references person (bucket, id),
  constraint exam_appeal__bucket_sitting_id foreign key (bucket, sitting_id) references exam_sitting (bucket, id),
  constraint exam_appeal__exam_id foreign key (exam_id) references exam (id),
  constraint exam_appeal__item check ((item is null) = (question_version_id is null)),
  constraint exam_appeal__state check (state in ('open', 'granted', 'rejected')),
  constraint exam_appeal__answered check
    ((state = 'open') = (answer is null) and (answer is null) = (answered_by is null) and (answer is null) = (answered_at is null))
);
create unique index exam_appeal__once on exam_appeal (bucket, sitting_id, coalesce(item, -1));
create index exam_appeal__exam_id on exam_appeal (exam_id, state, appealed_at);
comment on table exam_appeal is 'What a candidate doubts about a result, and the answer. Once about each question and once about the whole. distributes: by person';
grant select, insert on exam_appeal to antu_app;
grant update (state, answer, answered_by, answered_at) on exam_appeal to antu_app;

create table exam_accepted_question (
  exam_id uuid not null,
  question_version_id uuid not null,
  appeal_id uuid not null,
  decided_by uuid not null,
  decided_at timestamptz not null,
  constraint exam_accepted_question__exam_id_question_version_id primary key (exam_id, question_version_id),
  constraint exam_accepted_question__exam_id foreign key (exam_id) references exam (id),
  constraint exam_accepted_question__question_version_id foreign key (question_version_id) references question_version (id)
);
comment on table exam_accepted_question is 'Questions that count as right for everybody who had them in an exam, since an appeal. Never taken back. distributes: reference';
grant select, insert on exam_accepted_question to antu_app;

alter table exam_result add column accepted uuid[] not null default '{}';
comment on column exam_result.accepted is 'Questions of the paper that this version counts as right for everybody.';

create table exam_remark_due (
  bucket smallint not null,
  sitting_id uuid not null,
  appeal_id uuid not null,
  constraint exam_remark_due__bucket_sitting_id_appeal_id primary key (bucket, sitting_id, appeal_id)
);
comment on table exam_remark_due is 'Sittings that an appeal of somebody else touches and that wait to be marked again. distributes: by person';
grant select, insert, delete on exam_remark_due to antu_app;
