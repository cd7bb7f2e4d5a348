import type { Tx } from '../store/index.ts'
import { LogFolder } from './log-folder.ts'
import { lockFolder } from './records-read.ts'
import { insertCosigned, lastCosigned } from './records-witness.ts'
import type { LogContext } from './sign-checkpoint.ts'
import { addSignatures, parseCheckpoint, parseNote } from './tlog/index.ts'

const CHECKPOINT = 'checkpoint'

/**
 * Keeps a cosigned checkpoint: in the database, with what other servers collected for it, and then in the folder, where
 * it takes the place of the checkpoint of the same size. A newer one there stays.
 * @returns the note with all its cosignatures
 */
export async function keepCosigned(context: LogContext, size: number, note: string): Promise<string> {
  const { store, clock, folder } = context
  return await store.transaction({ agency: null }, async (tx) => {
    await lockFolder(tx)
    const whole = await withKept(tx, context, size, note)
    // In a transaction of its own: what the folder shows is on record before.
    await store.transaction({ agency: null }, (own) =>
      insertCosigned(own, { size, note: whole, cosignedAt: clock.now() }),
    )
    if (folder !== null) await replaceCheckpoint(new LogFolder(folder), size, whole)
    return whole
  })
}

/** The note, with the good cosignatures of witnesses that are set, as far as they were kept for this size. */
export async function withKept(tx: Tx, { witnesses }: LogContext, size: number, note: string): Promise<string> {
  const kept = witnesses === undefined ? null : parseNote((await lastCosigned(tx, size))?.note ?? '')
  const here = parseNote(note)
  if (kept === null || here === null || kept.text !== here.text) return note
  const added = kept.signatures.filter(({ name, keyId, signature }) => {
    const key = witnesses?.places.find((place) => place.key.name === name && place.key.keyId === keyId)?.key
    const isThere = here.signatures.some((one) => one.name === name && one.keyId === keyId)
    return key?.verifies(here.text, signature) === true && !isThere
  })
  return addSignatures(note, added)
}

async function replaceCheckpoint(folder: LogFolder, size: number, note: string): Promise<void> {
  const text = parseNote((await folder.read(CHECKPOINT)) ?? '')?.text
  const there = text === undefined ? null : parseCheckpoint(text)
  if (there?.size === size) await folder.write([{ path: CHECKPOINT, bytes: Buffer.from(note) }])
}
