-- gallery: where the searches of a model are made; the last row of a model counts. Every server reads it before a
-- search, so that all of them go over at once. Append-only.
create table gallery_place (
  seq bigint generated always as identity primary key,
  model_sha256 text not null check (model_sha256 ~ '^[0-9a-f]{64}$'),
  place text not null check (place in ('embedded', 'cluster')),
  since timestamptz not null,
  decided_by text not null
);
create index gallery_place_model on gallery_place (model_sha256, seq desc);
grant select, insert on gallery_place to countenance_service;
