-- store: data keys (wrapped under the agency key) and the register of sealed objects.
create table data_key (
  id text primary key,
  wrapped bytea,
  created_at timestamptz not null default now(),
  destroyed_at timestamptz,
  constraint destroyed_has_no_key check ((destroyed_at is null) = (wrapped is not null))
);
grant select, insert on data_key to countenance_service;
grant update (wrapped, destroyed_at) on data_key to countenance_service;

create table sealed_blob (
  id text primary key,
  data_key text not null references data_key (id),
  sha256 text not null,
  size bigint not null,
  created_at timestamptz not null default now()
);
grant select, insert on sealed_blob to countenance_service;

-- The one rule that keeps agencies apart: rows of a table with a column `agency` are seen and written by the agency
-- that the transaction names, its owner included. Every agency-owned table asks for it here, so that no copy differs.
create function keep_to_own_agency(target regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format(
    'create policy own_agency on %s using (agency = nullif(current_setting(''app.agency'', true), ''''))
      with check (agency = nullif(current_setting(''app.agency'', true), ''''))', target);
end
$$;
revoke execute on function keep_to_own_agency(regclass) from public;
