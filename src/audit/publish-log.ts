import type { Tx } from '../store/index.ts'
import { AuditError } from './audit-error.ts'
import { withKept } from './keep-cosigned.ts'
import type { LogFolder } from './log-folder.ts'
import { readTree } from './records.ts'
import { lockFolder } from './records-read.ts'
import { type LogContext, requireExtension, signCheckpoint } from './sign-checkpoint.ts'
import { checkTiles } from './tlog/check-tiles.ts'
import { type Checkpoint, parseCheckpoint } from './tlog/checkpoint.ts'
import { openNote } from './tlog/note.ts'
import { TileTree } from './tlog/tile-tree.ts'
import { TlogError } from './tlog/tlog-error.ts'
import { sameHash } from './tlog/tree-hash.ts'
import { dropPartials, writeTiles } from './write-tiles.ts'

const CHECKPOINT = 'checkpoint'

/** Of larger logs only the right edge is checked: `countenance verify` reads the rest. */
const CHECKED_WHOLE = 1_000_000

/** How much of what is in the folder is read before it is written on: every file at a start, little after trouble. */
export type FolderCheck = 'whole' | 'edge' | 'none'

/**
 * Brings the folder up to the database: the tiles that changed, then the checkpoint is signed, then its file is written.
 * Whoever finds a checkpoint finds its tiles. One process at a time does it.
 * @param check unless `none`, what is found missing or damaged is written again.
 * @returns how many entries the checkpoint in the folder has
 * @throws AuditError when the folder is ahead of the database or another history: then nothing is written.
 */
export async function publishLog(context: LogContext, folder: LogFolder, check: FolderCheck): Promise<number> {
  return await context.store.transaction({ agency: null }, async (tx) => {
    await lockFolder(tx)
    if (check !== 'none') await folder.prepare()
    const published = await readPublished(tx, context, folder)
    const from = published !== null && (await isWhole(folder, published, check)) ? published.size : 0
    const { size } = await readTree(tx)
    await writeTiles(tx, folder, from, size)
    // In a transaction of its own: what is signed is on record before anybody can read it.
    const signed = await context.store.transaction({ agency: null }, (own) => signCheckpoint(own, context, size))
    await writeTiles(tx, folder, size, signed.size)
    if (signed.size !== published?.size) {
      const note = await withKept(tx, context, signed.size, signed.note)
      await folder.write([{ path: CHECKPOINT, bytes: Buffer.from(note) }])
    }
    await dropPartials(folder, from, signed.size)
    return signed.size
  })
}

/** The checkpoint in the folder; null when there is none. The database must continue it. */
async function readPublished(tx: Tx, context: LogContext, folder: LogFolder): Promise<Checkpoint | null> {
  const note = await folder.read(CHECKPOINT)
  if (note === null) return null
  const opened = openNote(note.toString(), [context.verifier])
  const checkpoint = opened.ok ? parseCheckpoint(opened.text) : null
  if (checkpoint === null || checkpoint.origin !== context.signer.name) {
    throw new AuditError('checkpoint_untrusted', `The checkpoint in ${folder.path} is not signed by this log.`)
  }
  const tree = await readTree(tx)
  if (checkpoint.size > tree.size) {
    throw new AuditError(
      'log_would_fork',
      `The folder ${folder.path} has a checkpoint of ${checkpoint.size} entries, the database only ${tree.size}.`,
    )
  }
  await requireExtension(tx, checkpoint, { origin: checkpoint.origin, size: tree.size, root: tree.root() })
  return checkpoint
}

async function isWhole(folder: LogFolder, { size, root }: Checkpoint, check: FolderCheck): Promise<boolean> {
  if (check === 'none') return true
  const read = (path: string) => folder.read(path)
  if (check === 'whole' && size <= CHECKED_WHOLE) return (await checkTiles(read, { size, root })).ok
  try {
    return sameHash(await new TileTree(read, size).root(), root)
  } catch (error) {
    if (error instanceof TlogError) return false
    throw error
  }
}
