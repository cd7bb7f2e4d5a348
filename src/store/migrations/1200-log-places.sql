-- audit: an entry is written by the act's own transaction without a place; the integrator gives places afterwards, in
-- batches, so that acts do not wait for each other. What an entry says can never change: a place can be added, once.
alter table log_entry drop constraint log_entry_previous_fkey;
alter table log_entry drop constraint log_entry_pkey;
alter table log_entry alter column seq drop not null;
alter table log_entry add constraint log_entry_place unique (seq);
-- No gaps, not even by hand: every entry but the first needs the one before it.
alter table log_entry add constraint log_entry_previous_fkey foreign key (previous) references log_entry (seq);

-- The order in which entries were written.
alter table log_entry add column id bigint;
alter table log_entry disable trigger log_entry_append_only;
update log_entry set id = seq + 1;
-- A constraint that was checked has no events pending, and the table can be altered on.
set constraints all immediate;
alter table log_entry enable trigger log_entry_append_only;
alter table log_entry alter column id set not null;
alter table log_entry alter column id add generated always as identity;
select setval(pg_get_serial_sequence('log_entry', 'id'), (select coalesce(max(id), 0) + 1 from log_entry), false);
alter table log_entry add primary key (id);
create index log_entry_waiting on log_entry (id) where seq is null;
-- What waits is in no other index, so that an act pays for few.
drop index log_entry_about, log_entry_agency;
create index log_entry_about on log_entry (about, seq) where about is not null and seq is not null;
create index log_entry_agency on log_entry (agency, seq) where seq is not null;

-- A place is added to the text with it: `,"v":1}` becomes `,"seq":<place>,"v":1}`, and nothing else.
create function refuse_log_change_but_place() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.seq is null and new.seq is not null and new.id = old.id
    and new.leaf = left(old.leaf, -7) || ',"seq":' || new.seq || ',"v":1}' and right(old.leaf, 7) = ',"v":1}'
  then
    return new;
  end if;
  raise exception 'The log is only ever added to.';
end
$$;
drop trigger log_entry_append_only on log_entry;
create trigger log_entry_append_only before update or delete on log_entry
  for each row execute function refuse_log_change_but_place();
create trigger log_entry_never_emptied before truncate on log_entry
  for each statement execute function refuse_log_change();
-- An entry is written without a place, whoever writes it.
revoke insert on log_entry from countenance_service;
grant insert (leaf), update (seq, leaf) on log_entry to countenance_service;

-- Whether the log can be written to, for every process: while it cannot, `append` refuses and no act happens.
create table log_health (
  one boolean primary key default true check (one),
  failing_since timestamptz,
  code text check (length(code) between 1 and 200),
  reason text check (length(reason) between 1 and 500),
  -- The process that found it, and when it last said so.
  holder text,
  seen_at timestamptz,
  check ((failing_since is null) = (reason is null) and (failing_since is null) = (code is null))
);
insert into log_health (one) values (true);
grant select, update (failing_since, code, reason, holder, seen_at) on log_health to countenance_service;
