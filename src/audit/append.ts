import { type Clock, toStamp } from '../base/index.ts'
import type { Tx } from '../store/index.ts'
import type { ActName } from './acts.ts'
import { AuditError } from './audit-error.ts'
import { type NewEntry, waitingText } from './entry.ts'
import { failureHere } from './failure-here.ts'
import { insertWaiting } from './records.ts'
import { logFailure } from './records-health.ts'

/**
 * Writes one entry inside the caller's transaction: it is there if and only if the act's record is, and as durable.
 * Its place in the log is given by the integrator a moment later; entries of one transaction keep their order, and an
 * entry committed before another was written stands before it.
 * @throws AuditError `entry_unfit` when the registry does not allow the entry; `log_failing` while the log cannot be
 * written on: then the act does not happen.
 */
export async function append<A extends ActName>(
  tx: Tx,
  deps: { readonly clock: Clock },
  entry: NewEntry<A>,
): Promise<void> {
  const text = waitingText(entry, toStamp(deps.clock.now()))
  if (failureHere() === null && (await insertWaiting(tx, text))) return
  const failure = failureHere() ?? (await logFailure(tx))
  const since = failure === null ? '' : ` since ${failure.since}: ${failure.reason}`
  throw new AuditError('log_failing', `No act is possible, because the audit log cannot be written${since}`)
}
