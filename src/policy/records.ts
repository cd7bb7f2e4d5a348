import { canonicalJson, isId, toStamp } from '../base/index.ts'
import { type GalleryFilter, NO_FILTER } from '../gallery/index.ts'
import { sql, type Tx } from '../store/index.ts'
import type { Decision, Finding } from './decision.ts'
import { type Facts, factsJson } from './facts.ts'
import type { Moratorium } from './moratorium.ts'

interface DecisionRow {
  readonly id: string
  readonly agency: string
  readonly request: string
  readonly decided_at: Date
  readonly decided_for: string
  readonly outcome: Decision['outcome']
  readonly pack: string
  readonly policy_digest: string
  readonly cedar_version: string
  readonly facts: string
  readonly facts_digest: string
  readonly findings: readonly Finding[]
  readonly permit: string | null
  readonly expires_at: Date | null
  readonly used_at: Date | null
  readonly filter: GalleryFilter | null
}

/** The decision, and its permit when it permits. */
export async function insertDecision(tx: Tx, decision: Decision): Promise<void> {
  const d = decision
  await sql`insert into decision (id, agency, request, decided_at, decided_for, outcome, pack, policy_digest,
      cedar_version, facts, facts_digest, findings)
    values (${d.id}, ${d.agency}, ${d.request}, ${d.at}, ${d.account}, ${d.outcome}, ${d.pack}, ${d.policyDigest},
      ${d.cedarVersion}, ${canonicalJson(factsJson(d.facts))}, ${d.factsDigest},
      ${JSON.stringify(d.findings)}::jsonb)`.execute(tx)
  if (d.permit === null) return
  await sql`insert into permit (id, agency, request, decision, account, issued_at, expires_at, filter)
    values (${d.permit.id}, ${d.agency}, ${d.request}, ${d.id}, ${d.account}, ${d.at},
      ${d.permit.expiresAt}, ${JSON.stringify(d.permit.filter)}::jsonb)`.execute(tx)
}

/** The latest decision about a request of the transaction's agency; earlier ones are superseded, not changed. */
export async function decisionOf(tx: Tx, request: string): Promise<Decision | null> {
  if (!isId('req', request)) return null
  const { rows } = await sql<DecisionRow>`select decision.id, decision.agency, decision.request, decided_at,
      decided_for, outcome, pack, policy_digest, cedar_version, facts, facts_digest, findings,
      permit.id as permit, expires_at, used_at, permit.filter
    from decision
      left join permit on permit.decision = decision.id
      left join permit_use on permit_use.permit = permit.id
    where decision.request = ${request}
    order by decision.seq desc limit 1`.execute(tx)
  return rows[0] === undefined ? null : decisionOfRow(rows[0])
}

/** @returns false when it was used before. */
export async function insertPermitUse(tx: Tx, permit: string, agency: string, at: string): Promise<boolean> {
  const { rows } = await sql`insert into permit_use (permit, agency, used_at) values (${permit}, ${agency}, ${at})
    on conflict (permit) do nothing returning permit`.execute(tx)
  return rows.length === 1
}

export async function permitIsUsed(tx: Tx, permit: string): Promise<boolean> {
  const { rows } = await sql`select permit from permit_use where permit = ${permit}`.execute(tx)
  return rows.length === 1
}

/**
 * The moratorium in force for the transaction's agency. Until the transaction ends, none can be started
 * or lifted: what is recorded here and a moratorium have an order.
 */
export async function moratoriumOf(tx: Tx): Promise<Moratorium | null> {
  await sql`select pg_advisory_xact_lock_shared(hashtext('moratorium/' || current_setting('app.agency')))`.execute(tx)
  return await readMoratorium(tx)
}

/** Like `moratoriumOf`, waiting for every transaction that relies on the answer. */
export async function lockMoratorium(tx: Tx): Promise<Moratorium | null> {
  await sql`select pg_advisory_xact_lock(hashtext('moratorium/' || current_setting('app.agency')))`.execute(tx)
  return await readMoratorium(tx)
}

export async function insertMoratorium(tx: Tx, moratorium: Moratorium): Promise<void> {
  const { id, agency, reason, startedAt, startedBy, startedByName } = moratorium
  await sql`insert into moratorium (id, agency, reason, started_at, started_by, started_by_name)
    values (${id}, ${agency}, ${reason}, ${startedAt}, ${startedBy}, ${startedByName})`.execute(tx)
}

export interface MoratoriumLift {
  readonly moratorium: string
  readonly agency: string
  readonly reason: string
  readonly liftedAt: string
  readonly liftedBy: string
}

export async function insertMoratoriumLift(tx: Tx, lift: MoratoriumLift): Promise<void> {
  await sql`insert into moratorium_lift (moratorium, agency, reason, lifted_at, lifted_by)
    values (${lift.moratorium}, ${lift.agency}, ${lift.reason}, ${lift.liftedAt}, ${lift.liftedBy})`.execute(tx)
}

async function readMoratorium(tx: Tx): Promise<Moratorium | null> {
  const { rows } = await sql<{
    id: string
    agency: string
    reason: string
    started_at: Date
    started_by: string
    started_by_name: string
  }>`select id, agency, reason, started_at, started_by, started_by_name from moratorium
    where not exists (select 1 from moratorium_lift where moratorium_lift.moratorium = moratorium.id)
    order by started_at desc, id desc limit 1`.execute(tx)
  const row = rows[0]
  if (row === undefined) return null
  const { id, agency, reason } = row
  return {
    id,
    agency,
    reason,
    startedAt: toStamp(row.started_at),
    startedBy: row.started_by,
    startedByName: row.started_by_name,
  }
}

function decisionOfRow(row: DecisionRow): Decision {
  return {
    id: row.id,
    agency: row.agency,
    request: row.request,
    at: toStamp(row.decided_at),
    account: row.decided_for,
    outcome: row.outcome,
    pack: row.pack,
    policyDigest: row.policy_digest,
    cedarVersion: row.cedar_version,
    facts: JSON.parse(row.facts) as Facts,
    factsDigest: row.facts_digest,
    findings: row.findings,
    permit: permitOfRow(row),
  }
}

function permitOfRow(row: DecisionRow): Decision['permit'] {
  if (row.permit === null || row.expires_at === null) return null
  const usedAt = row.used_at === null ? null : toStamp(row.used_at)
  return { id: row.permit, expiresAt: toStamp(row.expires_at), usedAt, filter: row.filter ?? NO_FILTER }
}
