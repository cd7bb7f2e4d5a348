import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import type { Tx } from './database.ts'
import { errorCode, StoreError } from './store-error.ts'
import { writeDurably } from './write-durably.ts'

const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
/** RFC 3394 section 2.2.3.1: the fixed initial value of AES key wrap. */
const WRAP_IV = Buffer.from('A6A6A6A6A6A6A6A6', 'hex')

/** The agency key; as a key object where it is used often: bytes are made into one at each use, at four times the time. */
export type WrappingKey = Buffer | KeyObject

/**
 * Reads the agency key (32 bytes, hex) that wraps every data key; makes it on first use, mode 0600.
 * Whoever holds this file and the database can read the photographs; a backup must keep them apart.
 * @param made a data key that the database holds already: then the file must be there and must open it.
 */
export async function readAgencyKey(path: string, made: readonly Buffer[] = []): Promise<Buffer> {
  const key = await readKeyFile(path)
  if (key === null && made[0] === undefined) return await makeKeyFile(path)
  if (key === null) {
    throw new StoreError(
      'key_missing',
      `The agency key file ${path} is not there, and this database was sealed with it.`,
      'Restore the file from its backup; without it sealed photographs cannot be opened.',
    )
  }
  if (made[0] !== undefined) unwrapKey(key, made[0])
  return key
}

/**
 * A key of 32 bytes from a file of 64 hexadecimal digits; null when there is no such file.
 * @throws StoreError `key_missing` when there is one that cannot be read or used.
 */
export async function readKeyFile(path: string): Promise<Buffer | null> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return null
    const remedy = 'Let the account that runs Countenance read it.'
    throw new StoreError('key_missing', `The key file ${path} cannot be read.`, remedy, error)
  })
  if (text === null) return null
  if (/^[0-9a-f]{64}$/i.test(text.trim())) return Buffer.from(text.trim(), 'hex')
  throw new StoreError(
    'key_missing',
    `The key file ${path} does not hold 64 hexadecimal digits.`,
    'Restore the file from its backup; without the right key its records cannot be opened or continued.',
  )
}

/** Makes a key file, mode 0600, whole or not at all. */
export async function makeKeyFile(path: string): Promise<Buffer> {
  const key = randomBytes(KEY_BYTES)
  await writeDurably(path, Buffer.from(`${key.toString('hex')}\n`))
  return key
}

/** One data key that still can be opened, to try the agency key on; none in a new database. */
export async function anyWrappedKey(tx: Tx): Promise<readonly Buffer[]> {
  const { rows } = await sql<{ wrapped: Buffer }>`select wrapped from data_key
    where wrapped is not null limit 1`.execute(tx)
  return rows.map((row) => row.wrapped)
}

/** Makes and keeps a data key: one per subject or probe, so that destroying it destroys all that it sealed. */
export async function createDataKey(tx: Tx, agencyKey: WrappingKey, keyId: string): Promise<void> {
  const wrapped = wrapKey(agencyKey, randomBytes(KEY_BYTES))
  await sql`insert into data_key (id, wrapped) values (${keyId}, ${wrapped})`.execute(tx)
}

/** The same, unless there is one with that id. */
export async function createDataKeyOnce(tx: Tx, agencyKey: WrappingKey, keyId: string): Promise<void> {
  const wrapped = wrapKey(agencyKey, randomBytes(KEY_BYTES))
  await sql`insert into data_key (id, wrapped) values (${keyId}, ${wrapped}) on conflict (id) do nothing`.execute(tx)
}

export async function destroyDataKey(tx: Tx, keyId: string): Promise<void> {
  await sql`update data_key set wrapped = null, destroyed_at = now()
    where id = ${keyId} and destroyed_at is null`.execute(tx)
}

/** @returns the clear data keys, in the order asked. @throws StoreError `key_missing` or `key_destroyed`. */
export async function readDataKeys(
  tx: Tx,
  agencyKey: WrappingKey,
  keyIds: readonly string[],
): Promise<readonly Buffer[]> {
  const { rows } = await sql<{ id: string; wrapped: Buffer | null }>`
    select id, wrapped from data_key where id = any(${[...new Set(keyIds)]})`.execute(tx)
  const keys = new Map(rows.map((row) => [row.id, row.wrapped]))
  const clear = new Map<string, Buffer>()
  return keyIds.map((id) => {
    const known = clear.get(id)
    if (known !== undefined) return known
    const key = unwrapKey(agencyKey, requireWrapped(id, keys.get(id)))
    clear.set(id, key)
    return key
  })
}

function requireWrapped(id: string, wrapped: Buffer | null | undefined): Buffer {
  if (wrapped === undefined) {
    throw new StoreError('key_missing', `There is no data key ${id}.`, 'Check that the database is complete.')
  }
  if (wrapped === null) {
    throw new StoreError('key_destroyed', `The data key ${id} was destroyed.`, 'What it sealed is gone by design.')
  }
  return wrapped
}

export function wrapKey(agencyKey: WrappingKey, key: Buffer): Buffer {
  const cipher = createCipheriv('id-aes256-wrap', agencyKey, WRAP_IV)
  return Buffer.concat([cipher.update(key), cipher.final()])
}

export function unwrapKey(agencyKey: WrappingKey, wrapped: Buffer): Buffer {
  try {
    const decipher = createDecipheriv('id-aes256-wrap', agencyKey, WRAP_IV)
    return Buffer.concat([decipher.update(wrapped), decipher.final()])
  } catch (cause) {
    throw new StoreError(
      'key_missing',
      'The agency key does not open the keys of this database.',
      'Restore the agency key that belongs to this database.',
      cause,
    )
  }
}

/** AES-256-GCM: 12-byte random nonce, ciphertext, 16-byte tag; `context` is authenticated, not stored. */
export function sealBytes(key: Buffer, context: string, clear: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context))
  return Buffer.concat([nonce, cipher.update(clear), cipher.final(), cipher.getAuthTag()])
}

/** @throws StoreError `blob_damaged` when a single bit, the key or the context differs. */
export function openBytes(key: Buffer, context: string, sealed: Uint8Array): Buffer {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
    decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(bytes.length - TAG_BYTES))
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, bytes.length - TAG_BYTES)), decipher.final()])
  } catch (cause) {
    throw new StoreError(
      'blob_damaged',
      'A sealed object does not open: its bytes or its key have changed.',
      'Restore the object from a backup and look for the cause.',
      cause,
    )
  }
}
