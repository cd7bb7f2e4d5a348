-- policy: decisions, permits, moratoria. All append-only: nothing is overwritten, a newer row supersedes.
create table decision (
  id text primary key,
  -- Decisions about one request are made one after another; the last of them counts.
  seq bigint generated always as identity,
  agency text not null,
  request text not null references request (id),
  decided_at timestamptz not null,
  decided_for text not null,
  outcome text not null check (outcome in ('permitted', 'refused')),
  pack text not null,
  policy_digest text not null check (policy_digest ~ '^[0-9a-f]{64}$'),
  cedar_version text not null,
  -- Canonical JSON (RFC 8785), byte for byte what facts_digest was computed over.
  facts text not null,
  facts_digest text not null check (facts_digest ~ '^[0-9a-f]{64}$'),
  findings jsonb not null check (jsonb_array_length(findings) > 0)
);
create index decision_request on decision (request, seq desc);
select keep_to_own_agency('decision');
grant select, insert on decision to countenance_service;

create table permit (
  id text primary key,
  agency text not null,
  request text not null references request (id),
  decision text not null unique references decision (id),
  account text not null,
  issued_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > issued_at)
);
select keep_to_own_agency('permit');
grant select, insert on permit to countenance_service;

-- A permit is used once: the primary key says so.
create table permit_use (
  permit text primary key references permit (id),
  agency text not null,
  used_at timestamptz not null
);
select keep_to_own_agency('permit_use');
grant select, insert on permit_use to countenance_service;

create table moratorium (
  id text primary key,
  agency text not null,
  reason text not null check (length(reason) between 1 and 1000),
  started_at timestamptz not null,
  started_by text not null,
  started_by_name text not null
);
create index moratorium_agency on moratorium (agency, started_at desc);
select keep_to_own_agency('moratorium');
grant select, insert on moratorium to countenance_service;

create table moratorium_lift (
  moratorium text primary key references moratorium (id),
  agency text not null,
  reason text not null check (length(reason) between 1 and 1000),
  lifted_at timestamptz not null,
  lifted_by text not null
);
select keep_to_own_agency('moratorium_lift');
grant select, insert on moratorium_lift to countenance_service;
