-- training: certificates of completion. Nothing is overwritten: a revocation is a record of its own.
create table certificate (
  id text primary key,
  agency text not null references agency (id),
  account text not null references account (id),
  track text not null check (track in ('requester', 'operator', 'examiner', 'supervisor', 'auditor')),
  course text not null check (length(course) between 1 and 100),
  course_version text not null check (length(course_version) between 1 and 50),
  score double precision not null check (score between 0 and 1),
  completed_at timestamptz not null,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  -- Null: issued while the system was set up.
  issued_by text references account (id),
  constraint not_by_the_holder check (issued_by is distinct from account),
  constraint completed_before_issued check (completed_at <= issued_at),
  constraint expires_after_completion check (expires_at > completed_at)
);
create index certificate_account on certificate (account, track, expires_at desc);
select keep_to_own_agency('certificate');
grant select, insert on certificate to countenance_service;

create table certificate_revocation (
  certificate text primary key references certificate (id),
  agency text not null references agency (id),
  reason text not null check (reason in ('misuse', 'course_withdrawn', 'issued_in_error', 'holder_left')),
  revoked_at timestamptz not null,
  revoked_by text not null references account (id)
);
select keep_to_own_agency('certificate_revocation');
grant select, insert on certificate_revocation to countenance_service;
