import { askWitness, type CheckpointToCosign, type Fetch, type WitnessAnswer } from './ask-witness.ts'
import { rangeHashes } from './records-read.ts'
import { type LogContext, signCheckpoint } from './sign-checkpoint.ts'
import { acceptCosignatures, consistencyRanges, countCosignatures } from './tlog/index.ts'
import type { WitnessPlace } from './witness-place.ts'

export interface CollectOptions {
  /** How many of the witnesses must have cosigned. */
  readonly needed: number
  /** Keeps the cosigned note: called once, before this returns, when at least one witness cosigned. */
  readonly keep: (note: string) => Promise<void>
  readonly fetcher?: Fetch
}

export interface Collected {
  readonly size: number
  /** The signed note with every good cosignature. */
  readonly note: string
  /** How many witnesses cosigned; one key counts once. */
  readonly count: number
  readonly enough: boolean
  /** In the order of the witnesses. */
  readonly answers: readonly { readonly name: string; readonly answer: WitnessAnswer }[]
}

/** Signs the log as it is now and asks every witness, all at once, to cosign it. @throws AuditError, RangeError */
export async function collectCosignatures(
  context: LogContext,
  witnesses: readonly WitnessPlace[],
  options: CollectOptions,
): Promise<Collected> {
  const { store } = context
  const { size, note } = await store.transaction({ agency: null }, (tx) => signCheckpoint(tx, context))
  const proofFrom = (older: number) =>
    store.transaction({ agency: null }, (tx) => rangeHashes(tx, consistencyRanges(older, size)))
  return { size, ...(await gatherCosignatures({ note, proofFrom }, witnesses, options)) }
}

/** The same for a checkpoint that is there already. @throws RangeError when more are needed than there are. */
export async function gatherCosignatures(
  checkpoint: Pick<CheckpointToCosign, 'note' | 'proofFrom'>,
  witnesses: readonly WitnessPlace[],
  { needed, keep, fetcher }: CollectOptions,
): Promise<Omit<Collected, 'size'>> {
  const keys = witnesses.map((witness) => witness.key)
  if (new Set(keys.map((key) => key.publicKey)).size < needed) {
    throw new RangeError(`${needed} cosignatures cannot come from ${keys.length} witnesses.`)
  }
  const answers = await Promise.all(
    witnesses.map(async ({ url, key, size = 0 }) => {
      const answer = await askWitness(url, { ...checkpoint, oldSize: size }, key, fetcher)
      return { name: key.name, answer }
    }),
  )
  const note = answers.reduce((whole, { answer }) => {
    return answer.outcome === 'cosigned' ? (acceptCosignatures(whole, answer.lines, keys) ?? whole) : whole
  }, checkpoint.note)
  if (note !== checkpoint.note) await keep(note)
  const count = countCosignatures(note, keys)
  return { note, count, enough: count >= needed, answers }
}
