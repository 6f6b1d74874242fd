-- Training certificates: which course an issued document stands for.

create table training_certificate (
  bucket smallint not null,
  document_id uuid not null,
  person_id uuid not null,
  course_id uuid not null,
  course_version_id uuid not null,
  organisation_id uuid not null,
  standing text not null,
  issued_at timestamptz not null,
  constraint training_certificate__bucket_document_id primary key (bucket, document_id),
  constraint training_certificate__document foreign key (bucket, document_id) references issued_document (bucket, id),
  constraint training_certificate__bucket_person_id foreign key (bucket, person_id) references person (bucket, id),
  constraint training_certificate__course_id foreign key (course_id) references course (id),
  constraint training_certificate__course_version_id foreign key (course_version_id) references course_version (id),
  constraint training_certificate__organisation_id foreign key (organisation_id) references organisation (id),
  constraint training_certificate__standing check (standing in ('in-force', 'replaced', 'revoked'))
);
create unique index training_certificate__one_in_force on training_certificate (bucket, person_id, course_version_id) where standing = 'in-force';
create index training_certificate__organisation_id on training_certificate (organisation_id, document_id);
create index training_certificate__document_id on training_certificate (document_id);
comment on table training_certificate is 'The course that an issued certificate stands for. distributes: by person';
comment on column training_certificate.standing is 'What was decided last, kept for lists and for the index above; document_event is what proves it.';
grant select, insert on training_certificate to antu_app;
grant update (standing) on training_certificate to antu_app;
