import { readFileSync } from 'node:fs'
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { errorCode } from './error-code.ts'

/** Locks that this process holds: its own id in a lock file is not proof, as ids are used again. */
const HELD = new Set<string>()
/** A lock file without a process id is one being written, up to this age. */
const WRITTEN_WITHIN_MS = 10_000

/**
 * Takes a lock file that names this process, and one over that a process left which is gone. Of several that find the
 * same file left behind at the same instant two may take it: where the system has a lock of its own, that is used.
 * @returns how to give it back; null while another process, or another opener in this one, holds it.
 */
export async function takeLockFile(path: string): Promise<(() => Promise<void>) | null> {
  if (HELD.has(path)) return null
  HELD.add(path)
  const taken = await writeLock(path).catch((error: unknown) => {
    HELD.delete(path)
    throw error
  })
  if (!taken) {
    HELD.delete(path)
    return null
  }
  return async () => {
    await rm(path, { force: true })
    HELD.delete(path)
  }
}

async function writeLock(path: string): Promise<boolean> {
  for (let tries = 0; tries < 3; tries += 1) {
    try {
      await writeFile(path, `${process.pid} ${startOf(process.pid)}`, { flag: 'wx', mode: 0o600 })
      return true
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error
    }
    if ((await isHeld(path)) || !(await moveAway(path))) return false
  }
  return false
}

/** Of two that find the same lock left behind, one moves it; what is moved is looked at again. */
async function moveAway(path: string): Promise<boolean> {
  const aside = `${path}.${process.pid}`
  try {
    await rename(path, aside)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return true
    throw error
  }
  const held = await isHeld(aside)
  await (held ? rename(aside, path) : rm(aside, { force: true }))
  return !held
}

async function isHeld(path: string): Promise<boolean> {
  const text = await readFile(path, 'utf8').catch(() => null)
  if (text === null) return false
  const [, id = '', start = ''] = /^([1-9]\d*) (\d*)$/.exec(text) ?? []
  if (id !== '') return Number(id) !== process.pid && runs(Number(id), start)
  const written = await stat(path).catch(() => null)
  return written !== null && Date.now() - written.mtimeMs < WRITTEN_WITHIN_MS
}

function runs(id: number, start: string): boolean {
  try {
    process.kill(id, 0)
  } catch (error) {
    if (errorCode(error) === 'ESRCH') return false
  }
  const now = startOf(id)
  return now === '' || start === '' || now === start
}

/** When a process started, in clock ticks since the machine did (proc(5), field 22 of stat); empty where unknown. */
function startOf(id: number): string {
  try {
    const text = readFileSync(`/proc/${id}/stat`, 'latin1')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}
