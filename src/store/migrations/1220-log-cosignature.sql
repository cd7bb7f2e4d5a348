-- audit: checkpoints with the cosignatures of witnesses. A checkpoint may be kept more than once, as witnesses come back;
-- the last of a size has all of them.
create table log_cosigned (
  id bigint generated always as identity primary key,
  size bigint not null check (size >= 0),
  note text not null,
  cosigned_at timestamptz not null
);
create index log_cosigned_newest on log_cosigned (size desc, id desc);
create trigger log_cosigned_append_only before update or delete or truncate on log_cosigned
  for each statement execute function refuse_log_change();
grant select, insert on log_cosigned to countenance_service;

-- Since when fewer witnesses cosign than must, and whether the log says so; for every process.
create table log_witnessing (
  one boolean primary key default true check (one),
  short_since timestamptz,
  noted boolean not null default false,
  check (short_since is not null or not noted)
);
insert into log_witnessing (one) values (true);
grant select, update (short_since, noted) on log_witnessing to countenance_service;
