-- The templates of one model, one row each. {names in braces} are filled in by create-face-tables.ts.
-- On every replica of every shard:
create database if not exists {database} {on_cluster};

create table if not exists {database}.{face} {on_cluster} (
  seq UInt64,
  source UInt16,
  booked_at Date32,
  birth_year UInt16,                                -- 0: not recorded
  sex Enum8('U' = 0, 'F' = 1, 'M' = 2, 'X' = 3),    -- U: not recorded
  sealed UInt8,                                     -- 1: kept, but not compared
  vector Array(Float32) codec(NONE),                -- the template as it is: numbers do not compress
  constraint dimension check length(vector) = {dimension}
)
engine = {engine}
partition by intDiv(seq, 1000000)                   -- what one removal rewrites at most
order by seq
settings old_parts_lifetime = 0, fsync_after_insert = 1, fsync_part_directory = 1;

create table if not exists {database}.{face}_position {on_cluster} (
  shard UInt32,
  position UInt64                                   -- the last change that every row of the shard has taken up
)
engine = {position_engine}
order by shard
settings old_parts_lifetime = 0, fsync_after_insert = 1, fsync_part_directory = 1;

-- On the coordinator alone:
create database if not exists {database};

create table if not exists {database}.{face}_all (
  seq UInt64,
  source UInt16,
  booked_at Date32,
  birth_year UInt16,
  sex Enum8('U' = 0, 'F' = 1, 'M' = 2, 'X' = 3),
  sealed UInt8,
  vector Array(Float32)
)
engine = Distributed('{cluster}', '{database}', '{face}', intHash64(seq));

create table if not exists {database}.{face}_position_all (shard UInt32, position UInt64)
engine = Distributed('{cluster}', '{database}', '{face}_position', shard);
