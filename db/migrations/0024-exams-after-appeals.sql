-- What an appeal changes beyond a result, and what a candidate's phone has to hear of another one.

alter table exam_booking
  add column cancelled_because text,
  add constraint exam_booking__cancelled_because check (cancelled_because is null or (cancelled_because = 'passed' and state = 'cancelled'));
comment on column exam_booking.cancelled_because is 'passed: the system gave the place of a resit back, since an earlier result turned out to be a pass.';
grant update (cancelled_because) on exam_booking to antu_app;

alter table exam_sitting add column handed_over integer not null default 0;
comment on column exam_sitting.handed_over is 'Saves of replaced devices that were taken after the take-over: the device on which it runs fetches them.';
grant update (handed_over) on exam_sitting to antu_app;
