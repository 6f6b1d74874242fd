-- People and access: regions, organisations, persons, accounts, memberships, sessions, and the audit log.

create table region (
  code text not null,
  name text not null,
  level text not null,
  parent_code text,
  path text not null,
  data_date date not null,
  constraint region__code primary key (code),
  constraint region__path unique (path),
  constraint region__parent_code foreign key (parent_code) references region (code),
  constraint region__code_form check (code ~ '^\d{6}$'),
  constraint region__level_known check (level in ('province', 'city', 'county')),
  constraint region__path_form check (path ~ '^/(\d{6}/){1,3}$' and path like '%/' || code || '/'),
  constraint region__parent_by_level check ((level = 'province') = (parent_code is null))
);
create index region__path_prefix on region (path text_pattern_ops);
create index region__children on region (parent_code);
comment on table region is 'Administrative divisions, codes after GB/T 2260. distributes: reference';
comment on column region.path is 'Codes from the province down, such as /440000/440100/440104/; a subtree is a prefix.';
comment on column region.data_date is 'Day of which the source list is true.';

create table organisation (
  id uuid not null,
  name text not null,
  type text not null,
  uscc text not null,
  region_code text not null,
  created_at timestamptz not null,
  constraint organisation__id primary key (id),
  constraint organisation__uscc unique (uscc),
  constraint organisation__region_code foreign key (region_code) references region (code),
  constraint organisation__type_known check (type in ('authority', 'enterprise', 'training-body', 'driving-school', 'online-platform')),
  constraint organisation__uscc_form check (uscc ~ '^[0-9A-HJ-NP-RTUW-Y]{2}\d{6}[0-9A-HJ-NP-RTUW-Y]{10}$')
);
create index organisation__by_region on organisation (region_code);
comment on table organisation is 'Authorities, enterprises, training bodies, driving schools and online platforms. distributes: reference';
comment on column organisation.uscc is 'Unified social credit code (GB 32100), check character verified before it is stored.';

create table person (
  bucket smallint not null,
  id uuid not null,
  name_sealed bytea not null,
  name_index bytea not null,
  id_number_sealed bytea not null,
  id_number_index bytea not null,
  birth_date date not null,
  sex text not null,
  region_code text not null,
  created_at timestamptz not null,
  constraint person__id primary key (bucket, id),
  constraint person__id_number unique (bucket, id_number_index),
  constraint person__region_code foreign key (region_code) references region (code),
  constraint person__bucket_of_id check (bucket = (get_byte(uuid_send(id), 15) & 63)),
  constraint person__sex_known check (sex in ('male', 'female'))
);
create index person__name on person (bucket, name_index);
create index person__by_region on person (region_code, id);
comment on table person is 'Natural persons. Holds no telephone, messenger or other contact data: see person_contact. distributes: by person';
comment on column person.id is 'Its last six bits are the bucket, and those are taken from a keyed hash of the ID number: so the unique key per bucket forbids a number twice anywhere.';
comment on column person.name_index is 'Keyed hash of the normalised name: exact search only.';
comment on column person.birth_date is 'Derived from the ID number, as is sex.';

create table scheme_privacy (
  scheme text not null,
  keeps_contact boolean not null,
  source text not null,
  constraint scheme_privacy__scheme primary key (scheme),
  constraint scheme_privacy__scheme_keeps_contact unique (scheme, keeps_contact)
);
comment on table scheme_privacy is 'Whether a scheme may keep learners'' contact data. distributes: reference';
insert into scheme_privacy (scheme, keeps_contact, source) values
  ('road-transport', true, 'stage-training interface asks for a phone number'),
  ('work-safety', false, 'Guangdong emergency management notice 2022, annex item 14: no phone, WeChat or other contact data'),
  ('driver-licence', true, 'stage-training interface asks for a phone number');

create table person_contact (
  bucket smallint not null,
  person_id uuid not null,
  scheme text not null,
  keeps_contact boolean not null default true,
  phone_sealed bytea not null,
  phone_index bytea not null,
  updated_at timestamptz not null,
  constraint person_contact__person_scheme primary key (bucket, person_id, scheme),
  constraint person_contact__person foreign key (bucket, person_id) references person (bucket, id),
  constraint person_contact__scheme_keeps_contact foreign key (scheme, keeps_contact) references scheme_privacy (scheme, keeps_contact),
  constraint person_contact__only_where_kept check (keeps_contact)
);
comment on table person_contact is 'Contact data, one row per scheme that may keep it; the foreign key refuses the others. distributes: by person';

create table person_affiliation (
  bucket smallint not null,
  id uuid not null,
  person_id uuid not null,
  organisation_id uuid not null,
  kind text not null,
  post text,
  from_date date not null,
  to_date date,
  created_at timestamptz not null,
  constraint person_affiliation__id primary key (bucket, id),
  constraint person_affiliation__person foreign key (bucket, person_id) references person (bucket, id),
  constraint person_affiliation__organisation_id foreign key (organisation_id) references organisation (id),
  constraint person_affiliation__kind_known check (kind in ('employed', 'enrolled')),
  constraint person_affiliation__dates_in_order check (to_date is null or to_date >= from_date)
);
create unique index person_affiliation__once_at_a_time
  on person_affiliation (bucket, person_id, organisation_id, kind) where to_date is null;
create index person_affiliation__by_organisation on person_affiliation (organisation_id, person_id) where to_date is null;
comment on table person_affiliation is 'Who works for or is enrolled with which organisation, from when to when. distributes: by person';
comment on index person_affiliation__once_at_a_time is 'A person is on the same roster once; leaving and coming back makes a new row.';

create table login_name (
  name text not null,
  bucket smallint not null,
  account_id uuid not null,
  constraint login_name__name primary key (name),
  constraint login_name__form check (name ~ '^[a-z][a-z0-9.-]{2,31}$')
);
comment on table login_name is 'Chosen user names (staff, and few learners: the others sign in with their ID number). Tells the bucket of the account. distributes: reference';

create table account (
  bucket smallint not null,
  id uuid not null,
  person_id uuid,
  login_name text,
  display_name_sealed bytea,
  password_hash text not null,
  password_changed_at timestamptz not null,
  must_change_password boolean not null,
  totp_sealed bytea,
  totp_last_step bigint,
  failures smallint not null default 0,
  locked_until timestamptz,
  disabled_at timestamptz,
  last_sign_in_at timestamptz,
  created_at timestamptz not null,
  constraint account__id primary key (bucket, id),
  constraint account__person foreign key (bucket, person_id) references person (bucket, id),
  constraint account__person_once unique (bucket, person_id),
  constraint account__login_name foreign key (login_name) references login_name (name),
  constraint account__login_name_once unique (bucket, login_name),
  constraint account__bucket_of_id check (bucket = (get_byte(uuid_send(id), 15) & 63)),
  constraint account__somebody check (person_id is not null or (login_name is not null and display_name_sealed is not null))
);
comment on table account is 'Who may sign in. Lies in the bucket of its person; without a person in that of its own id. distributes: by person';
comment on column account.password_hash is 'argon2id with its parameters and salt in the text.';
comment on column account.totp_last_step is 'Time step of the last accepted code: the same code is not accepted twice.';
comment on column account.failures is 'Wrong passwords or codes in a row. Per account, never per address: a company shares one address.';

create table password_history (
  bucket smallint not null,
  account_id uuid not null,
  changed_at timestamptz not null,
  password_hash text not null,
  constraint password_history__account_changed_at primary key (bucket, account_id, changed_at),
  constraint password_history__account foreign key (bucket, account_id) references account (bucket, id)
);
comment on table password_history is 'The last passwords of an account, which may not come back. distributes: by person';

create table membership (
  bucket smallint not null,
  account_id uuid not null,
  role text not null,
  organisation_id uuid not null,
  granted_at timestamptz not null,
  granted_by uuid,
  constraint membership__account_role_organisation primary key (bucket, account_id, role, organisation_id),
  constraint membership__account foreign key (bucket, account_id) references account (bucket, id),
  constraint membership__organisation_id foreign key (organisation_id) references organisation (id),
  constraint membership__role_known check (role in ('learner', 'enterprise-manager', 'body-manager', 'teacher', 'officer-county',
    'officer-city', 'officer-province', 'platform-reviewer', 'system-operator', 'security-operator', 'audit-operator'))
);
comment on table membership is 'Account x role x organisation; access reaches as far as the role does from there. distributes: by person';

create function membership_keep_operators_apart() returns trigger language plpgsql as $$
begin
  perform 1 from account where bucket = new.bucket and id = new.account_id for no key update;
  if exists (
    select 1 from membership
    where bucket = new.bucket and account_id = new.account_id and role <> new.role
      and (role like '%-operator' or new.role like '%-operator')
  ) then
    raise exception 'an operator account holds one role only' using errcode = 'check_violation', constraint = 'membership__operators_apart';
  end if;
  return new;
end $$;
comment on function membership_keep_operators_apart is 'System, security and audit operators are separate people (GB/T 22239-2019 8.1.5). The row lock makes two grants at once wait for each other.';
create trigger membership__operators_apart before insert or update on membership
  for each row execute function membership_keep_operators_apart();

create table login_session (
  bucket smallint not null,
  token_hash bytea not null,
  account_id uuid not null,
  stage text not null,
  totp_offered_sealed bytea,
  idle_seconds integer not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  address text not null,
  user_agent text not null,
  constraint login_session__token_hash primary key (bucket, token_hash),
  constraint login_session__account foreign key (bucket, account_id) references account (bucket, id),
  constraint login_session__stage_known check (stage in ('totp', 'enrol-totp', 'change-password', 'open'))
);
create index login_session__by_account on login_session (bucket, account_id);
create index login_session__by_expiry on login_session (expires_at);
comment on table login_session is 'Sessions of signed-in people, and of those half way through signing in. The cookie holds the token, the table its SHA-256. Ended ones are deleted; the audit log remembers. distributes: by person';
comment on column login_session.totp_offered_sealed is 'Secret shown for enrolment and not yet confirmed with a code.';

create table audit_chain (
  bucket smallint not null,
  seq bigint not null,
  hash bytea not null,
  constraint audit_chain__bucket primary key (bucket)
);
comment on table audit_chain is 'Head of the hash chain of each bucket of the audit log: a cut-off tail shows. Moved only by the trigger of audit_entry. distributes: by person';
insert into audit_chain select n, 0, sha256('') from generate_series(0, 63) as n;

create table audit_entry (
  bucket smallint not null,
  seq bigint not null,
  at timestamptz not null,
  account_id uuid,
  login text,
  role text,
  address text not null,
  action text not null,
  object_kind text not null,
  object_id text,
  outcome text not null,
  detail jsonb not null,
  request_id text not null,
  prev_hash bytea not null,
  hash bytea not null,
  constraint audit_entry__bucket_seq primary key (bucket, seq, at),
  constraint audit_entry__outcome_known check (outcome in ('done', 'denied', 'failed'))
) partition by range (at);
create index audit_entry__at on audit_entry (at, bucket, seq);
create index audit_entry__object on audit_entry (object_id, at);
create index audit_entry__login on audit_entry (login, at);
comment on table audit_entry is 'Who did or saw what, when, from where, with what outcome. Only ever added to. Lies in the bucket of the one who acted; one hash chain per bucket. distributes: by person';
comment on column audit_entry.login is 'User name; null for people who sign in with their ID number, which never appears here.';

create function audit_entry_hash(entry audit_entry) returns bytea language sql immutable as $$
  select sha256(entry.prev_hash || convert_to(jsonb_build_array(
    entry.bucket, entry.seq, (extract(epoch from entry.at) * 1000000)::bigint, entry.account_id, entry.login, entry.role, entry.address,
    entry.action, entry.object_kind, entry.object_id, entry.outcome, entry.detail, entry.request_id)::text, 'UTF8'))
$$;
comment on function audit_entry_hash is 'SHA-256 over the hash before and every field of the row. The trigger and the check share it.';

create function audit_entry_append() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  head audit_chain;
begin
  select * into strict head from audit_chain where bucket = new.bucket for update;
  new.seq := head.seq + 1;
  new.prev_hash := head.hash;
  new.hash := audit_entry_hash(new);
  update audit_chain set seq = new.seq, hash = new.hash where bucket = new.bucket;
  return new;
end $$;
comment on function audit_entry_append is 'Numbers and chains a new row, whatever the writer put there. Runs as the owner: the application cannot move the head.';
create trigger audit_entry__append before insert on audit_entry for each row execute function audit_entry_append();

grant select on region, scheme_privacy, audit_chain to antu_app;
grant select, insert, update on organisation, person, person_affiliation, account to antu_app;
grant select, insert on login_name to antu_app;
grant select, insert, update, delete on person_contact, login_session to antu_app;
grant select, insert, delete on password_history, membership to antu_app;
grant select, insert on audit_entry to antu_app;
