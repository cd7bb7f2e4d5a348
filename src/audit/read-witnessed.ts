import { toStamp } from '../base/index.ts'
import { lastCosigned } from './records-witness.ts'
import type { LogContext } from './sign-checkpoint.ts'
import { countCosignatures, openCheckpoint } from './tlog/index.ts'

/** The newest checkpoint that a witness cosigned. */
export interface Witnessed {
  readonly size: number
  /** The signed note, with the cosignatures. */
  readonly note: string
  /** How many of the witnesses that are set cosigned it. */
  readonly count: number
  /** How many must. */
  readonly needed: number
  readonly cosignedAt: string
}

/** Null when no witness is set, or none has cosigned. */
export async function readWitnessed(context: LogContext): Promise<Witnessed | null> {
  const { witnesses, signer, verifier, store } = context
  if (witnesses === undefined) return null
  const row = await store.transaction({ agency: null }, (tx) => lastCosigned(tx))
  if (row === null) return null
  const { size, note, cosignedAt } = row
  const opened = openCheckpoint(note, { origin: signer.name, verifiers: [verifier] })
  const keys = witnesses.places.map((place) => place.key)
  const count = opened.ok && opened.checkpoint.size === size ? countCosignatures(note, keys) : 0
  return { size, note, count, needed: witnesses.needed, cosignedAt: toStamp(cosignedAt) }
}
