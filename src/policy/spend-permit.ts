import { canonicalJson, done, type Outcome, refuse, toStamp } from '../base/index.ts'
import type { GalleryFilter } from '../gallery/index.ts'
import type { Tx } from '../store/index.ts'
import { type Permit, requirePermit } from './permit.ts'
import type { PolicyDeps } from './policy-deps.ts'
import { decisionOf, insertPermitUse, moratoriumOf, permitIsUsed } from './records.ts'

export type SpendCode = 'permit_spent' | 'permit_expired' | 'permit_superseded' | 'moratorium'

/**
 * Uses a permit up, inside the transaction that authorises the search.
 * @throws PolicyError `permit_invalid` for anything that policy did not make.
 */
export async function spendPermit(
  tx: Tx,
  deps: Pick<PolicyDeps, 'clock'>,
  permit: Permit,
): Promise<Outcome<Permit, SpendCode>> {
  const genuine = requirePermit(permit)
  const now = toStamp(deps.clock.now())
  if (await permitIsUsed(tx, genuine.id)) return spent()
  if (genuine.expiresAt <= now) return expired(genuine)
  if ((await moratoriumOf(tx)) !== null) return moratoriumInForce()
  const latest = await decisionOf(tx, genuine.request)
  if (latest?.permit?.id !== genuine.id) return superseded()
  // The row counts, not the value in hand: it was kept and logged with the decision.
  if (latest.account !== genuine.account || latest.permit.expiresAt !== genuine.expiresAt) return superseded()
  if (!isSameFilter(latest.permit.filter, genuine.filter)) return superseded()
  return (await insertPermitUse(tx, genuine.id, genuine.agency, now)) ? done(genuine) : spent()
}

function isSameFilter(one: GalleryFilter, other: GalleryFilter): boolean {
  return canonicalJson({ ...one }) === canonicalJson({ ...other })
}

/** The refusal while a moratorium is in force. */
export function moratoriumInForce(): Outcome<never, 'moratorium'> {
  return refuse('moratorium', 'A moratorium is in force: no search is made.', 'Ask again when it is lifted.')
}

function spent(): Outcome<never, 'permit_spent'> {
  return refuse('permit_spent', 'This permit was used before; a permit is good for one search.', 'Ask for a new one.')
}

function expired(permit: Permit): Outcome<never, 'permit_expired'> {
  return refuse('permit_expired', `This permit ended at ${permit.expiresAt}.`, 'Ask for a new one.')
}

function superseded(): Outcome<never, 'permit_superseded'> {
  return refuse('permit_superseded', 'The request was decided again after this permit.', 'Use the newer decision.')
}
