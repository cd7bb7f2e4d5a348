-- Models that were brought, their evaluations, the operating point of searches, and templates made anew.
-- County-wide like the gallery: they are the bureau's and no agency owns a row. All append-only.
create table registered_model (
  id text primary key check (id ~ '^[a-z0-9][a-z0-9._-]{0,99}$'),
  -- The identity that every template of the model carries.
  sha256 text not null unique check (sha256 ~ '^[0-9a-f]{64}$'),
  -- The ONNX file, kept in the folder of models under this digest.
  file_sha256 text not null check (file_sha256 ~ '^[0-9a-f]{64}$'),
  dimension integer not null check (dimension > 0),
  manifest text not null,
  licence text not null check (length(licence) between 1 and 20000),
  -- Why a model is used although its licence restricts its use; null when it does not.
  licence_override text check (length(licence_override) between 1 and 1000),
  registered_at timestamptz not null,
  registered_by text not null
);
grant select, insert on registered_model to countenance_service;

create table evaluation_report (
  id text primary key,
  seq bigint generated always as identity,
  model_id text not null,
  model_sha256 text not null check (model_sha256 ~ '^[0-9a-f]{64}$'),
  set_name text not null,
  set_digest text not null check (set_digest ~ '^[0-9a-f]{64}$'),
  -- Canonical JSON (RFC 8785), byte for byte what the digest was computed over.
  report text not null,
  digest text not null unique check (digest ~ '^[0-9a-f]{64}$'),
  attached_at timestamptz not null,
  attached_by text not null
);
create index evaluation_report_model on evaluation_report (model_sha256, seq desc);
grant select, insert on evaluation_report to countenance_service;

create table operating_point_proposal (
  id text primary key,
  seq bigint generated always as identity,
  kind text not null check (kind in ('model', 'floor')),
  model_id text not null,
  model_sha256 text not null check (model_sha256 ~ '^[0-9a-f]{64}$'),
  similarity_floor double precision not null check (similarity_floor between -1 and 1),
  evaluation text not null references evaluation_report (id),
  -- What the evaluation was judged by, and how it did.
  findings jsonb not null check (jsonb_array_length(findings) > 0),
  proposed_at timestamptz not null,
  proposed_by text not null,
  proposed_by_name text not null,
  unique (id, proposed_by)
);
grant select, insert on operating_point_proposal to countenance_service;

-- Two people, neither of them the proposer: the tables say so too.
create table operating_point_approval (
  proposal text not null,
  proposed_by text not null,
  account text not null,
  account_name text not null,
  place smallint not null check (place in (1, 2)),
  approved_at timestamptz not null,
  primary key (proposal, account),
  unique (proposal, place),
  foreign key (proposal, proposed_by) references operating_point_proposal (id, proposed_by),
  constraint not_by_the_proposer check (account <> proposed_by)
);
grant select, insert on operating_point_approval to countenance_service;

create table operating_point_closure (
  proposal text primary key references operating_point_proposal (id),
  outcome text not null check (outcome in ('rejected', 'withdrawn')),
  reason text not null check (length(reason) between 1 and 1000),
  closed_at timestamptz not null,
  closed_by text not null
);
grant select, insert on operating_point_closure to countenance_service;

-- The latest row is in force. Without one, the built-in model with its own floor is.
create table operating_point (
  id text primary key,
  seq bigint generated always as identity,
  model_id text not null,
  model_sha256 text not null check (model_sha256 ~ '^[0-9a-f]{64}$'),
  similarity_floor double precision not null check (similarity_floor between -1 and 1),
  -- Null when a new version of the program brought another built-in model.
  proposal text unique references operating_point_proposal (id),
  evaluation text references evaluation_report (id),
  activated_at timestamptz not null,
  constraint proposed_with_evaluation check ((proposal is null) = (evaluation is null))
);
grant select, insert on operating_point to countenance_service;

-- The model that enrols: the latest row. An enrolment by another one that ends later is refused.
create table gallery_model (
  seq bigint generated always as identity primary key,
  model_sha256 text not null check (model_sha256 ~ '^[0-9a-f]{64}$'),
  since timestamptz not null
);
grant select, insert on gallery_model to countenance_service;

-- Photographs of which a model could make no template.
create table gallery_template_failure (
  booking text not null references gallery_booking (id),
  model_sha256 text not null check (model_sha256 ~ '^[0-9a-f]{64}$'),
  code text not null check (length(code) between 1 and 100),
  failed_at timestamptz not null,
  primary key (booking, model_sha256)
);
grant select, insert on gallery_template_failure to countenance_service;
