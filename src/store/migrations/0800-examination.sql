-- examination: claims, verdicts, signatures, releases and outcomes. Rows are only ever added; the latest verdict counts.
create table examination (
  id text primary key,
  agency text not null,
  request text not null,
  ord smallint not null check (ord between 1 and 3),
  examiner text not null references account (id),
  opened_at timestamptz not null
);
create index examination_request on examination (request, ord);

-- An examination that its examiner gave up, or that a supervisor took back, before it was signed. It counts no more.
create table examination_release (
  examination text primary key references examination (id),
  agency text not null,
  reason text not null check (reason in ('ABSENT', 'CONFLICT_DECLARED', 'OPENED_BY_MISTAKE')),
  released_by text not null references account (id),
  released_at timestamptz not null
);

create table examination_verdict (
  seq bigint generated always as identity primary key,
  agency text not null,
  examination text not null references examination (id),
  candidate text not null,
  verdict text not null check (verdict in ('excluded', 'cannot_exclude', 'inconclusive')),
  note text check (length(note) between 1 and 2000),
  recorded_at timestamptz not null
);
create index examination_verdict_latest on examination_verdict (examination, candidate, seq desc);

create table examination_signature (
  examination text primary key references examination (id),
  agency text not null,
  conclusion text not null
    check (conclusion in ('investigative_lead', 'no_viable_candidate', 'inconclusive', 'insufficient_quality')),
  lead_candidate text,
  limitations text check (length(limitations) between 1 and 2000),
  justification text not null check (length(justification) between 1 and 4000),
  certificate text not null,
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  signed_at timestamptz not null,
  constraint a_lead_names_one check ((conclusion = 'investigative_lead') = (lead_candidate is not null))
);

create table examination_outcome (
  request text primary key,
  agency text not null,
  conclusion text not null
    check (conclusion in ('investigative_lead', 'no_viable_candidate', 'inconclusive', 'insufficient_quality')),
  candidate text,
  settled_by text not null check (settled_by in ('agreement', 'majority', 'none')),
  resolved_at timestamptz not null,
  constraint a_lead_names_one check ((conclusion = 'investigative_lead') = (candidate is not null)),
  constraint three_views_are_inconclusive check (settled_by <> 'none' or conclusion = 'inconclusive')
);

create function refuse_examination_change() returns trigger language plpgsql as $$
begin
  raise exception 'What examiners recorded is only ever added to.';
end
$$;
create trigger examination_append_only before update or delete or truncate on examination
  for each statement execute function refuse_examination_change();
create trigger examination_verdict_append_only before update or delete or truncate on examination_verdict
  for each statement execute function refuse_examination_change();
create trigger examination_release_append_only before update or delete or truncate on examination_release
  for each statement execute function refuse_examination_change();
create trigger examination_signature_append_only before update or delete or truncate on examination_signature
  for each statement execute function refuse_examination_change();
create trigger examination_outcome_append_only before update or delete or truncate on examination_outcome
  for each statement execute function refuse_examination_change();

-- Of those that count: one examiner per order and one order per examiner. Who was released does not come back to
-- the request, unless it had only been opened by mistake.
create function refuse_second_claim() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('examination/' || new.request, 0));
  if exists (select 1 from examination e left join examination_release r on r.examination = e.id
    where e.request = new.request and ((r.examination is null and (e.ord = new.ord or e.examiner = new.examiner))
      or (r.reason <> 'OPENED_BY_MISTAKE' and e.examiner = new.examiner))) then
    raise exception 'This order is taken, or this examiner has had the request.';
  end if;
  return new;
end
$$;
create trigger examination_claimed_once before insert on examination
  for each row execute function refuse_second_claim();

-- A signature and a release both end an examination: after either, nothing more is added to it. The lock lets one win.
create function refuse_after_the_end() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('examination/' || e.request, 0))
    from examination e where e.id = new.examination;
  if exists (select 1 from examination_signature where examination = new.examination) then
    raise exception 'This examination is signed.';
  end if;
  if exists (select 1 from examination_release where examination = new.examination) then
    raise exception 'This examination was released.';
  end if;
  return new;
end
$$;
create trigger examination_verdict_before_the_end before insert on examination_verdict
  for each row execute function refuse_after_the_end();
create trigger examination_signature_before_the_end before insert on examination_signature
  for each row execute function refuse_after_the_end();
create trigger examination_release_before_the_end before insert on examination_release
  for each row execute function refuse_after_the_end();

select keep_to_own_agency('examination');
select keep_to_own_agency('examination_verdict');
select keep_to_own_agency('examination_release');
select keep_to_own_agency('examination_signature');
select keep_to_own_agency('examination_outcome');

grant select, insert on examination, examination_verdict, examination_release, examination_signature,
  examination_outcome to countenance_service;
