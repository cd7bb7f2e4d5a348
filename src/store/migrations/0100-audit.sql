-- The log of every act. Rows are only ever added; what is read out of a leaf cannot differ from the leaf.

create table log_entry (
  seq bigint primary key check (seq >= 0),
  -- No gaps, not even by hand: every entry but the first needs the one before it.
  previous bigint generated always as (case when seq > 0 then seq - 1 end) stored references log_entry (seq),
  leaf text not null,
  act text not null generated always as (leaf::jsonb ->> 'act') stored,
  agency text generated always as (leaf::jsonb ->> 'agency') stored,
  about text generated always as (leaf::jsonb ->> 'about') stored,
  check ((leaf::jsonb ->> 'seq')::bigint = seq)
);
create index log_entry_about on log_entry (about, seq) where about is not null;
create index log_entry_agency on log_entry (agency, seq);

-- Hashes of the perfect subtrees (RFC 6962): leaves are level 0.
create table log_node (
  level integer not null check (level between 0 and 52),
  index bigint not null check (index >= 0),
  hash bytea not null check (length(hash) = 32),
  primary key (level, index)
);

-- Two checkpoints of one size cannot exist.
create table log_checkpoint (
  size bigint primary key check (size >= 0),
  note text not null,
  signed_at timestamptz not null
);

create function refuse_log_change() returns trigger language plpgsql as $$
begin
  raise exception 'The log is only ever added to.';
end
$$;
create trigger log_entry_append_only before update or delete or truncate on log_entry
  for each statement execute function refuse_log_change();
create trigger log_node_append_only before update or delete or truncate on log_node
  for each statement execute function refuse_log_change();
create trigger log_checkpoint_append_only before update or delete or truncate on log_checkpoint
  for each statement execute function refuse_log_change();

grant select, insert on log_entry, log_node, log_checkpoint to countenance_service;
