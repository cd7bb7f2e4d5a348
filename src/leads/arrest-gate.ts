import type { Actor } from '../access/index.ts'
import { append } from '../audit/index.ts'
import { done, type Outcome, refuse, toStamp } from '../base/index.ts'
import type { Tx } from '../store/index.ts'
import {
  type IndependentCorroboration,
  isIndependentCorroboration,
  makeIndependentCorroboration,
  standsAlone,
} from './corroboration.ts'
import type { Lead, LeadDeps, Reliance } from './lead.ts'
import { withLead } from './lead-access.ts'
import { corroborationOf, insertReliance, reliancesOf } from './records.ts'

type GateCode = 'corroboration_missing' | 'corroboration_not_independent'

export type ArrestCode = 'role_required' | 'not_found' | GateCode

/** Finds the evidence and records the arrest, in one. Roles: the requester, supervisors. */
export async function recordArrest(
  deps: LeadDeps,
  actor: Actor,
  input: { readonly lead: string; readonly corroboration: string | null },
): Promise<Outcome<Reliance, ArrestCode>> {
  const found = await independentCorroboration(deps, actor, input)
  if (!found.ok) return found
  return await markReliedOnForArrest(deps, actor, { lead: input.lead, corroboration: found.value })
}

/** Finds the evidence and says whether it stands on its own; a refusal is logged as `arrest.refused`. */
export async function independentCorroboration(
  deps: LeadDeps,
  actor: Actor,
  input: { readonly lead: string; readonly corroboration: string | null },
): Promise<Outcome<IndependentCorroboration, ArrestCode>> {
  return await withLead<IndependentCorroboration, GateCode>(deps, actor, input.lead, 'work', async (tx, { lead }) => {
    const record = await corroborationOf(tx, lead.id, input.corroboration ?? '')
    if (record === null) return await refuseArrest(tx, deps, actor, lead, MISSING)
    if (!standsAlone(record)) return await refuseArrest(tx, deps, actor, lead, NOT_INDEPENDENT)
    return done(makeIndependentCorroboration(record))
  })
}

/** Records that an arrest rests on the lead together with that evidence; nothing weaker than the class is taken. */
export async function markReliedOnForArrest(
  deps: LeadDeps,
  actor: Actor,
  input: { readonly lead: string; readonly corroboration: IndependentCorroboration },
): Promise<Outcome<Reliance, ArrestCode>> {
  return await withLead<Reliance, GateCode>(deps, actor, input.lead, 'work', async (tx, { lead }) => {
    const { corroboration } = input
    const genuine = isIndependentCorroboration(corroboration) && corroboration.lead === lead.id
    if (!genuine) return await refuseArrest(tx, deps, actor, lead, MISSING)
    return done(await writeReliance(tx, deps, actor, lead, corroboration.id))
  })
}

async function writeReliance(
  tx: Tx,
  deps: LeadDeps,
  actor: Actor,
  lead: Lead,
  corroboration: string,
): Promise<Reliance> {
  const { account, agency } = actor
  const recordedAt = toStamp(deps.clock.now())
  const reliance = { id: deps.ids.next('rely'), lead: lead.id, corroboration, recordedBy: account, recordedAt }
  if (!(await insertReliance(tx, agency, reliance))) {
    const known = await reliancesOf(tx, lead.id)
    return known.find((one) => one.corroboration === corroboration) ?? reliance
  }
  const facts = { lead: lead.id, corroboration }
  await append(tx, deps, { act: 'arrest.recorded', actor: account, agency, about: lead.id, facts })
  return reliance
}

/** The refusal is an entry, so its transaction commits. */
async function refuseArrest(
  tx: Tx,
  deps: LeadDeps,
  actor: Actor,
  lead: Lead,
  refusal: typeof MISSING | typeof NOT_INDEPENDENT,
): Promise<Outcome<never, GateCode>> {
  await append(tx, deps, {
    act: 'arrest.refused',
    actor: actor.account,
    agency: actor.agency,
    about: lead.id,
    facts: { lead: lead.id, code: refusal.problem.code },
  })
  return refusal
}

const MISSING = refuse(
  'corroboration_missing',
  'Nobody may be arrested on a lead alone, and no evidence of this lead was named.',
  'Record independent evidence beside the lead, then name it.',
)

const NOT_INDEPENDENT = refuse(
  'corroboration_not_independent',
  'This evidence comes from the lead itself, so it adds nothing to it.',
  'Name evidence that would exist and say the same had there been no lead.',
)
