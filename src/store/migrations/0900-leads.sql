-- leads: one per request, the evidence beside it, and arrests that rest on both. Rows are only ever added.
create table lead (
  id text primary key,
  agency text not null,
  request text not null constraint one_lead_per_request unique,
  candidate text not null,
  booking text not null references gallery_booking (id),
  issued_at timestamptz not null,
  issued_by text not null references account (id),
  disclaimer_version text not null,
  log_seq bigint not null,
  log_leaf text not null check (log_leaf ~ '^[0-9a-f]{64}$')
);

create table corroboration (
  id text primary key,
  agency text not null,
  lead text not null references lead (id),
  type text not null check (type in ('fingerprint', 'dna', 'eyewitness_independent', 'physical_evidence', 'records',
    'video_other', 'statement', 'other')),
  independent_of_lead boolean not null,
  derived_from_lead boolean not null,
  stands_alone boolean not null generated always as (independent_of_lead and not derived_from_lead) stored,
  obtained_at timestamptz not null,
  reference text not null check (length(reference) between 1 and 200),
  note text check (length(note) between 1 and 2000),
  recorded_by text not null references account (id),
  recorded_at timestamptz not null,
  unique (id, lead, stands_alone)
);
create index corroboration_lead on corroboration (lead);

-- The arrest gate once more, below the program: the evidence must be of this lead and stand on its own.
create table reliance (
  id text primary key,
  agency text not null,
  lead text not null references lead (id),
  corroboration text not null,
  stands_alone boolean not null default true check (stands_alone),
  recorded_by text not null references account (id),
  recorded_at timestamptz not null,
  foreign key (corroboration, lead, stands_alone) references corroboration (id, lead, stands_alone),
  unique (lead, corroboration)
);

-- A lead says whether the gallery holds a newer photograph of the same subject than the one it names.
create view lead_newest_photograph as
  select shown.id as booking, max(other.captured_at) as newest
  from gallery_booking shown join gallery_booking other on other.subject = shown.subject
  group by shown.id;
grant select on lead_newest_photograph to countenance_service;

create function refuse_lead_change() returns trigger language plpgsql as $$
begin
  raise exception 'Leads and the evidence beside them are only ever added to.';
end
$$;
create trigger lead_append_only before update or delete or truncate on lead
  for each statement execute function refuse_lead_change();
create trigger corroboration_append_only before update or delete or truncate on corroboration
  for each statement execute function refuse_lead_change();
create trigger reliance_append_only before update or delete or truncate on reliance
  for each statement execute function refuse_lead_change();

select keep_to_own_agency('lead');
select keep_to_own_agency('corroboration');
select keep_to_own_agency('reliance');

grant select, insert on lead, corroboration, reliance to countenance_service;
