-- access: agencies, accounts, sessions, sign-in attempts.
-- The directory of agencies and staff is read before anybody is known to ask (sign-in), so it is not
-- under row-level security; the acts of the room keep lists to the asker's own agency.
create table agency (
  id text primary key,
  ori text not null unique check (ori ~ '^[A-Z]{2}[A-Z0-9]{7}$'),
  name text not null check (length(name) between 1 and 200),
  case_number_pattern text not null,
  case_number_example text not null,
  registered_at timestamptz not null
);
grant select, insert on agency to countenance_service;

create table account (
  id text primary key,
  username text not null unique check (username = lower(username)),
  name text not null check (length(name) between 1 and 200),
  agency text not null references agency (id),
  roles text[] not null check (
    cardinality(roles) > 0
    and roles <@ array['investigator', 'examiner', 'supervisor', 'custodian', 'auditor', 'administrator']
    and not roles @> array['administrator', 'investigator']
  ),
  password_hash text not null,
  opened_at timestamptz not null,
  suspended_at timestamptz,
  suspended_reason text check (suspended_reason in ('left_agency', 'on_leave', 'under_review', 'password_exposed')),
  constraint suspended_says_why check ((suspended_at is null) = (suspended_reason is null))
);
create index account_agency on account (agency);
grant select, insert on account to countenance_service;
grant update (suspended_at, suspended_reason, password_hash) on account to countenance_service;

-- Attempts and locks hang on a digest of the username as typed, whether or not there is such an account:
-- a lock therefore does not tell whether a username exists.
create table sign_in_attempt (
  place bigint primary key generated always as identity,
  username_digest text not null,
  at timestamptz not null,
  succeeded boolean not null
);
create index sign_in_attempt_recent on sign_in_attempt (username_digest, place desc);
grant select, insert on sign_in_attempt to countenance_service;

create table sign_in_lock (
  username_digest text primary key,
  locked_at timestamptz not null,
  -- The last attempt when an administrator released the username; null while the lock holds. Failures up to
  -- that place count no longer.
  released_after bigint
);
grant select, insert on sign_in_lock to countenance_service;
grant update (locked_at, released_after) on sign_in_lock to countenance_service;

-- Only the hash of a token is kept: reading this table opens no session.
create table session (
  id text primary key,
  token_hash text not null unique check (token_hash ~ '^[0-9a-f]{64}$'),
  account text not null references account (id),
  opened_at timestamptz not null,
  seen_at timestamptz not null,
  closed_at timestamptz
);
create index session_account on session (account) where closed_at is null;
grant select, insert on session to countenance_service;
grant update (seen_at, closed_at) on session to countenance_service;
