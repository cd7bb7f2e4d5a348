-- gallery: authorised sources, subjects, bookings and sealed templates. County-wide: no agency owns a row.
create table gallery_source (
  id text primary key,
  name text not null unique check (length(name) between 1 and 120),
  legal_basis text not null check (length(legal_basis) between 1 and 2000),
  -- A collected or bought class cannot be expressed, whatever the program asks for.
  class text not null constraint only_county_bookings check (class = 'county_booking'),
  registered_at timestamptz not null,
  registered_by text not null
);
grant select, insert on gallery_source to countenance_service;

create table gallery_subject (
  id text primary key,
  source text not null references gallery_source (id),
  person_key text not null check (length(person_key) between 1 and 64),
  data_key text not null unique references data_key (id),
  unique (source, person_key)
);
grant select, insert on gallery_subject to countenance_service;

create table gallery_booking (
  id text primary key,
  source text not null references gallery_source (id),
  subject text not null references gallery_subject (id),
  booking_number text not null check (length(booking_number) between 1 and 64),
  booked_at date not null,
  captured_at date not null,
  birth_year smallint,
  sex text not null check (sex in ('M', 'F', 'X', 'U')),
  charge_ucr text,
  blob text not null references sealed_blob (id),
  image_digest text not null check (image_digest ~ '^[0-9a-f]{64}$'),
  model_id text not null,
  model_sha256 text not null check (model_sha256 ~ '^[0-9a-f]{64}$'),
  enrolled_at timestamptz not null,
  enrolled_by text not null,
  unique (source, image_digest),
  constraint no_juvenile check (birth_year is null or extract(year from booked_at) - birth_year >= 18)
);
create index gallery_booking_number on gallery_booking (source, booking_number);
create index gallery_booking_subject on gallery_booking (subject);
grant select, insert on gallery_booking to countenance_service;

-- `seq` orders every change of what a search compares, across processes: it is drawn under a lock that is
-- held until the commit, so whoever has seen seq n has seen every smaller one.
create sequence gallery_seq;

create table gallery_template (
  id text primary key,
  booking text not null references gallery_booking (id),
  subject text not null references gallery_subject (id),
  model_sha256 text not null check (model_sha256 ~ '^[0-9a-f]{64}$'),
  sealed bytea not null,
  seq bigint not null unique,
  unique (booking, model_sha256)
);
-- Sealed bytes do not compress, and a whole gallery is read in order: keep them in the row.
alter table gallery_template alter column sealed set storage external, set (toast_tuple_target = 8160);
create index gallery_template_order on gallery_template (model_sha256, seq);
-- A template leaves the search by being deleted; the trigger below tells every running search.
grant select, insert, delete on gallery_template to countenance_service;

create table gallery_template_removal (
  seq bigint primary key,
  template text not null,
  model_sha256 text not null
);
create index gallery_template_removal_order on gallery_template_removal (model_sha256, seq);
grant select on gallery_template_removal to countenance_service;

create function gallery_lock() returns void language sql as $$ select pg_advisory_xact_lock(40004000) $$;
grant execute on function gallery_lock() to countenance_service;

create function gallery_order_template() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
  perform public.gallery_lock();
  new.seq := nextval('public.gallery_seq');
  return new;
end $$;
create trigger gallery_template_ordered before insert on gallery_template
for each row execute function gallery_order_template();

create function gallery_record_removal() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
  perform public.gallery_lock();
  insert into public.gallery_template_removal (seq, template, model_sha256)
  values (nextval('public.gallery_seq'), old.id, old.model_sha256);
  return old;
end $$;
create trigger gallery_template_removed before delete on gallery_template
for each row execute function gallery_record_removal();
