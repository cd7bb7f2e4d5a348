import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { MachineFinding } from './cli/index.ts'
import { openRooms, type Rooms } from './compose.ts'
import { type Settings, sentenceFor } from './config.ts'
import { examineIndex } from './gallery/index.ts'

const LEAST_FREE_BYTES = 2 * 1024 ** 3

/** What `countenance doctor` reports: each thing the product needs, and how it stands on this machine. */
export async function examineMachine(settings: Settings): Promise<readonly MachineFinding[]> {
  const runtime: MachineFinding = {
    what: 'Node',
    state: 'good',
    sentence: `${process.version} on ${process.platform}.`,
  }
  return [runtime, await examineDisk(settings), ...(await examineRooms(settings))]
}

async function examineDisk(settings: Settings): Promise<MachineFinding> {
  const what = 'Data folder'
  const disk = await nearestDisk(settings.dataDir)
  const free = Number(disk.bavail) * Number(disk.bsize)
  const size = `${settings.dataDir}, ${(free / 1024 ** 3).toFixed(1)} GB free`
  if (free >= LEAST_FREE_BYTES) return { what, state: 'good', sentence: `${size}.` }
  return { what, state: 'warning', sentence: `${size}: free some space, a full disk stops all acts.` }
}

async function nearestDisk(folder: string): ReturnType<typeof statfs> {
  return statfs(folder).catch(() => nearestDisk(dirname(folder)))
}

/** The index of the place where searches are made, against the database. */
async function examineGallery({ store, engine, placeOf, openIndexOf }: Rooms): Promise<MachineFinding> {
  const place = await placeOf(engine.model)
  const index = await openIndexOf(engine.model, place)
  try {
    const { ok, sentence } = await examineIndex(store, engine.model, index)
    return { what: `Gallery (${place})`, state: ok ? 'good' : 'bad', sentence }
  } finally {
    await index.close()
  }
}

/** Who cosigned the log last; the server asks, not this. */
export async function examineWitnesses({
  log,
  settings,
}: {
  readonly log: Pick<Rooms['log'], 'witnessed'>
  readonly settings: Pick<Settings, 'witnesses' | 'witnessesNeeded'>
}): Promise<MachineFinding> {
  const what = 'Witnesses'
  if (settings.witnesses.length === 0) {
    return {
      what,
      state: 'good',
      sentence: 'none is set (COUNTENANCE_WITNESSES): the log is signed by its own key alone.',
    }
  }
  const last = await log.witnessed()
  if (last === null) return { what, state: 'warning', sentence: 'none has cosigned the log.' }
  const { count, needed, size, cosignedAt } = last
  const sentence = `${count} of ${settings.witnesses.length} cosigned ${size} entries, ${needed} must; last at ${cosignedAt}.`
  return { what, state: count >= needed ? 'good' : 'warning', sentence }
}

async function examineRooms(settings: Settings): Promise<readonly MachineFinding[]> {
  try {
    const rooms = await openRooms(settings, { attach: true })
    try {
      const { engine } = rooms
      const checkpoint = await rooms.log.checkpoint()
      const report = await rooms.log.verify(null)
      return [
        {
          what: 'Database',
          state: 'good',
          sentence: settings.databaseUrl === null ? 'embedded PostgreSQL.' : 'DATABASE_URL.',
        },
        { what: 'Engine', state: 'good', sentence: `${engine.model.id}, weights as in the manifest.` },
        await examineGallery(rooms),
        {
          what: 'Audit log',
          state: report.ok ? 'good' : 'bad',
          sentence: report.ok
            ? `${checkpoint.size} entries verify.`
            : (report.faults[0]?.sentence ?? 'it does not verify.'),
        },
        await examineWitnesses(rooms),
      ]
    } finally {
      await rooms.close()
    }
  } catch (error) {
    const sentence = sentenceFor(error)
    if (sentence === null) throw error
    return [{ what: 'Start', state: 'bad', sentence }]
  }
}
