import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { type Cosigner, cosigner } from '../tlog/index.ts'
import { writeWhole } from './durable-file.ts'
import { systemCode, WitnessError } from './witness-error.ts'

const KEY_FILE = /^([0-9a-f]{64})\n([^+\n]+)(\+[^\n]+)\n$/

/**
 * The key of a folder: 64 hexadecimal digits, and below them the verifier key, which binds key and name together.
 * @returns null when there is none yet. @throws WitnessError `key_unfit` when it cannot be used, or has another name.
 */
export async function readWitnessKey(path: string, name: string | undefined): Promise<Cosigner | null> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return null
    throw unfit(`The key file ${path} cannot be read.`, error)
  })
  if (text === null) return null
  const [, seed, kept, rest] = KEY_FILE.exec(text) ?? []
  if (seed === undefined || kept === undefined) throw unfit(`The key file ${path} is damaged.`)
  const own = cosigner(kept, Buffer.from(seed, 'hex'))
  if (own.verifierKey !== `${kept}${rest}`) throw unfit(`The key file ${path} is damaged.`)
  if (name !== undefined && name !== kept) {
    throw new WitnessError(
      'key_unfit',
      `The key of this folder is that of ${kept}, not of ${name}.`,
      'A key has one name for ever: leave --name out, or begin a new folder.',
    )
  }
  return own
}

/** Makes a key and its file, mode 0600, whole or not at all. @throws WitnessError `key_unfit` on a name that is none. */
export async function makeWitnessKey(path: string, name: string): Promise<Cosigner> {
  const seed = randomBytes(32)
  const own = newCosigner(name, seed)
  await writeWhole(path, `${seed.toString('hex')}\n${own.verifierKey}\n`)
  return own
}

function newCosigner(name: string, seed: Uint8Array): Cosigner {
  try {
    return cosigner(name, seed)
  } catch (cause) {
    const remedy = 'Give --name a host and path without spaces and plus signs, such as oversight.example/witness.'
    throw new WitnessError('key_unfit', `A witness cannot be named "${name}".`, remedy, cause)
  }
}

function unfit(message: string, cause?: unknown): WitnessError {
  const remedy = 'Do not restore it from a copy made before: begin a new folder and publish its new verifier key.'
  return new WitnessError('key_unfit', message, remedy, cause)
}
