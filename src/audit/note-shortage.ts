import { toStamp } from '../base/index.ts'
import { append } from './append.ts'
import { failureHere } from './failure-here.ts'
import { logFailure } from './records-health.ts'
import { lockShortage, setShortage } from './records-witness.ts'
import type { LogContext } from './sign-checkpoint.ts'

/** Witnesses are restarted and networks break; the log tells of what lasts longer. */
const NOTED_AFTER_MS = 10 * 60_000

const SYSTEM = { actor: null, agency: null, about: null }

/**
 * Remembers since when fewer witnesses cosign than must. The log says so once after ten minutes, and again when enough
 * of them do; one entry, however many servers ask. While the log fails nothing is noted: the alarm tells more.
 */
export async function noteShortage(context: LogContext, needed: number, got: number): Promise<void> {
  await context.store.transaction({ agency: null }, async (tx) => {
    if (failureHere() !== null || (await logFailure(tx)) !== null) return
    const before = await lockShortage(tx)
    const now = context.clock.now()
    if (got >= needed) {
      if (before === null) return
      await setShortage(tx, null)
      if (!before.noted) return
      const facts = { since: toStamp(before.since), until: toStamp(now), needed, got }
      return await append(tx, context, { ...SYSTEM, act: 'log.witnessed', facts })
    }
    const since = before?.since ?? now
    const late = before?.noted !== true && now.getTime() - since.getTime() > NOTED_AFTER_MS
    if (before === null || late) await setShortage(tx, { since, noted: late })
    if (!late) return
    await append(tx, context, { ...SYSTEM, act: 'log.unwitnessed', facts: { since: toStamp(since), needed, got } })
  })
}
