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
