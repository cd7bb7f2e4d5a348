-- Which photographs a search compares: who may search a source, what a request narrowed its search to, and what proves
-- the list of candidates exact. Rows written before this have no proof and no filter.

-- Ids of the agencies that may search the source; null for every one.
alter table gallery_source add column agencies text[]
  constraint some_agency check (agencies is null or cardinality(agencies) > 0);

-- What the form asked; null for the whole gallery.
alter table request add column filter jsonb;

-- What the permit allows to compare; null for the whole gallery.
alter table permit add column filter jsonb;

-- Counts of large galleries pass four bytes.
alter table search_run alter column searched type bigint;
alter table search_run
  -- What was compared: the permit's filter among the sources the agency could search at that moment.
  add column filter jsonb,
  add column enrolled bigint check (enrolled >= searched),
  add column certified boolean not null default false,
  add column exactly_scored bigint check (exactly_scored >= 0),
  add column bound double precision,
  add constraint whole_proof check (not certified or
    (filter is not null and enrolled is not null and exactly_scored is not null and bound is not null));

-- The subject's other photographs: [{booking, score}], best first.
alter table candidate add column others jsonb not null default '[]';
