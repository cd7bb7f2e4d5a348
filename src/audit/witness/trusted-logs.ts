import { readFile } from 'node:fs/promises'
import { type NoteVerifier, parseVerifierKey } from '../tlog/index.ts'
import { WitnessError } from './witness-error.ts'

/** The logs a witness serves: origin -> the keys by which it may sign, more than one while a key is being changed. */
export type TrustedLogs = ReadonlyMap<string, readonly NoteVerifier[]>

/**
 * The logs of some verifier keys; the name of a key is the origin of its log. Each word is a key, or a file with one
 * key a line, where empty lines and those that begin with # are passed over.
 * @throws WitnessError `log_unfit`
 */
export async function readTrustedLogs(words: readonly string[]): Promise<TrustedLogs> {
  const logs = new Map<string, readonly NoteVerifier[]>()
  for (const key of (await Promise.all(words.map(keysOf))).flat()) {
    const known = logs.get(key.name) ?? []
    if (!known.some((one) => one.keyId === key.keyId)) logs.set(key.name, [...known, key])
  }
  if (logs.size === 0) throw new WitnessError('log_unfit', 'No log is given to watch.', REMEDY)
  return logs
}

const REMEDY = 'Give --log the verifier key of the log, or a file with one verifier key a line.'

async function keysOf(word: string): Promise<readonly NoteVerifier[]> {
  const key = parseVerifierKey(word)
  if (key !== null) return [key]
  const text = await readFile(word, 'utf8').catch((cause: unknown) => {
    throw new WitnessError('log_unfit', `"${word}" is neither a verifier key nor a file of them.`, REMEDY, cause)
  })
  return text.split('\n').flatMap((line, at) => {
    const bare = line.trim()
    if (bare === '' || bare.startsWith('#')) return []
    const found = parseVerifierKey(bare)
    if (found !== null) return [found]
    throw new WitnessError('log_unfit', `Line ${at + 1} of ${word} is not a verifier key.`, REMEDY)
  })
}
