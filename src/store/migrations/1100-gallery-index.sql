-- gallery: what an index of templates needs to follow the database and to prove that it holds the same rows.

-- A small number for each source, so that a row of an index can carry it.
alter table gallery_source add column number integer generated always as identity unique
  check (number between 1 and 65535);

-- Which row went, not only which template.
alter table gallery_template_removal add column row_seq bigint;

-- Sealed by order: kept, but neither searched nor shown. Lifting keeps the record and ends it.
create table gallery_seal (
  id text primary key,
  booking text not null references gallery_booking (id),
  order_reference text not null check (length(order_reference) between 1 and 120),
  sealed_at timestamptz not null,
  sealed_by text not null,
  lifted_at timestamptz,
  lifted_by text,
  check ((lifted_at is null) = (lifted_by is null))
);
create unique index gallery_seal_in_force on gallery_seal (booking) where lifted_at is null;
grant select, insert on gallery_seal to countenance_service;
grant update (lifted_at, lifted_by) on gallery_seal to countenance_service;

-- A row whose facts (what a filter looks at) changed.
create table gallery_facts_change (
  seq bigint primary key,
  row_seq bigint not null,
  model_sha256 text not null
);
create index gallery_facts_change_order on gallery_facts_change (model_sha256, seq);
grant select on gallery_facts_change to countenance_service;

-- How many rows a model has, and which, told by sums; `seq` is the last change there was. Kept by the triggers below,
-- so that a search can compare its index with the database at the price of reading one row.
create table gallery_digest (
  model_sha256 text primary key,
  seq bigint not null,
  row_count bigint not null,
  seq_sum numeric not null,
  seq_squares numeric not null
);
grant select on gallery_digest to countenance_service;
insert into gallery_digest
  select model_sha256, max(seq), sum(present), sum(present * seq), sum(present * seq::numeric * seq) from (
    select model_sha256, seq, 1 as present from gallery_template
    union all select model_sha256, seq, 0 from gallery_template_removal
  ) every_change group by model_sha256;

create function gallery_count_added() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into public.gallery_digest as known
    select model_sha256, max(seq), count(*), sum(seq), sum(seq::numeric * seq) from added group by model_sha256
  on conflict (model_sha256) do update set seq = excluded.seq, row_count = known.row_count + excluded.row_count,
    seq_sum = known.seq_sum + excluded.seq_sum, seq_squares = known.seq_squares + excluded.seq_squares;
  return null;
end $$;
create trigger gallery_template_counted after insert on gallery_template referencing new table as added
for each statement execute function gallery_count_added();

create or replace function gallery_record_removal() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
  change bigint;
begin
  perform public.gallery_lock();
  change := nextval('public.gallery_seq');
  insert into public.gallery_template_removal (seq, template, model_sha256, row_seq)
  values (change, old.id, old.model_sha256, old.seq);
  update public.gallery_digest set seq = change, row_count = row_count - 1, seq_sum = seq_sum - old.seq,
    seq_squares = seq_squares - old.seq::numeric * old.seq
  where model_sha256 = old.model_sha256;
  return old;
end $$;

create function gallery_record_facts() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
  perform public.gallery_lock();
  insert into public.gallery_facts_change (seq, row_seq, model_sha256)
    select nextval('public.gallery_seq'), seq, model_sha256 from public.gallery_template
    where booking = new.booking order by seq;
  update public.gallery_digest d set seq = (
    select max(c.seq) from public.gallery_facts_change c where c.model_sha256 = d.model_sha256)
  where exists (
    select 1 from public.gallery_facts_change c where c.model_sha256 = d.model_sha256 and c.seq > d.seq);
  return null;
end $$;
create trigger gallery_seal_changed after insert or update on gallery_seal
for each row execute function gallery_record_facts();
