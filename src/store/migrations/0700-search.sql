-- search: searches that ran to their end, and their candidate lists. Append-only.
create table search_run (
  id text primary key,
  agency text not null,
  request text not null unique references request (id),
  permit text not null unique references permit (id),
  model_id text not null,
  model_sha256 text not null check (model_sha256 ~ '^[0-9a-f]{64}$'),
  model_dimension integer not null check (model_dimension > 0),
  searched integer not null check (searched >= 0),
  threshold double precision not null check (threshold between -1 and 1),
  candidate_limit integer not null check (candidate_limit between 1 and 50),
  started_at timestamptz not null,
  finished_at timestamptz not null,
  list_digest text not null check (list_digest ~ '^[0-9a-f]{64}$')
);
select keep_to_own_agency('search_run');
grant select, insert on search_run to countenance_service;

create table candidate (
  id text primary key,
  agency text not null,
  search_run text not null references search_run (id),
  booking text not null,
  rank smallint not null check (rank between 1 and 50),
  -- Rounding may carry the cosine of two equal vectors a hair past 1.
  score double precision not null check (score between -1.001 and 1.001),
  photo_date date,
  expected_by_chance double precision not null check (expected_by_chance >= 0),
  floor boolean not null,
  unique (search_run, rank),
  unique (search_run, booking)
);
select keep_to_own_agency('candidate');
grant select, insert on candidate to countenance_service;
