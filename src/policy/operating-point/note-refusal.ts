import type { Actor } from '../../access/index.ts'
import { append } from '../../audit/index.ts'
import { isId } from '../../base/index.ts'
import type { Tx } from '../../store/index.ts'
import type { OperatingPointDeps } from './operating-point.ts'

export interface RefusedChange {
  readonly codes: readonly string[]
  /** As they were given. */
  readonly model?: string
  readonly evaluation?: string | undefined
  readonly proposal?: string
}

/** Logs that a change was refused. What is no digest or id is a stranger's text, and has no place in the log. */
export async function noteRefusal(
  tx: Tx,
  deps: Pick<OperatingPointDeps, 'clock'>,
  actor: Actor,
  { codes, model = '', evaluation = '', proposal = '' }: RefusedChange,
): Promise<void> {
  const facts = {
    codes,
    ...(/^[0-9a-f]{64}$/.test(model) ? { model } : {}),
    ...(isId('eval', evaluation) ? { evaluation } : {}),
    ...(isId('prop', proposal) ? { proposal } : {}),
  }
  const entry = { actor: actor.account, agency: actor.agency, about: null }
  await append(tx, deps, { act: 'operating.point.refused', ...entry, facts })
}
