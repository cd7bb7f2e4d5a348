import { createSecretKey } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { sha256Hex } from '../base/index.ts'
import type { Tx } from './database.ts'
import { createDataKey, createDataKeyOnce, destroyDataKey, openBytes, readDataKeys, sealBytes } from './keys.ts'
import { StoreError } from './store-error.ts'
import { writeDurably } from './write-durably.ts'

/** `id` is the SHA-256 of the sealed bytes (the file's address); `sha256` that of the clear bytes. */
export interface BlobRef {
  readonly id: string
  readonly sha256: string
  readonly size: number
}

export interface SealedBlobs {
  createKey(tx: Tx, keyId: string): Promise<void>
  /** A data key for files that a room seals by itself, such as an index; made when there is none. Never kept on disk. */
  keyFor(tx: Tx, keyId: string): Promise<Buffer>
  put(tx: Tx, keyId: string, bytes: Uint8Array): Promise<BlobRef>
  get(tx: Tx, blobId: string): Promise<Uint8Array>
  /** Seals a small value that its room keeps in a column, such as a template. */
  seal(tx: Tx, keyId: string, bytes: Uint8Array): Promise<Uint8Array>
  open(tx: Tx, keyId: string, sealed: Uint8Array): Promise<Uint8Array>
  /** Opens many column values with one read of their keys; same order. */
  openAll(tx: Tx, items: readonly { keyId: string; sealed: Uint8Array }[]): Promise<readonly Uint8Array[]>
  destroyKey(tx: Tx, keyId: string): Promise<void>
}

/** Objects as encrypted files under `folder`, registered in the same transaction as the record that owns them. */
export function openSealedBlobs(folder: string, keyBytes: Buffer): SealedBlobs {
  const agencyKey = createSecretKey(keyBytes)
  const keyOf = async (tx: Tx, keyId: string) => (await readDataKeys(tx, agencyKey, [keyId]))[0] as Buffer
  return {
    createKey: (tx, keyId) => createDataKey(tx, agencyKey, keyId),
    keyFor: async (tx, keyId) => {
      await createDataKeyOnce(tx, agencyKey, keyId)
      return await keyOf(tx, keyId)
    },
    destroyKey: destroyDataKey,
    put: async (tx, keyId, bytes) => putBlob(tx, folder, keyId, await keyOf(tx, keyId), bytes),
    get: (tx, blobId) => getBlob(tx, folder, blobId, keyOf),
    seal: async (tx, keyId, bytes) => sealBytes(await keyOf(tx, keyId), keyId, bytes),
    open: async (tx, keyId, sealed) => openBytes(await keyOf(tx, keyId), keyId, sealed),
    openAll: async (tx, items) => {
      const keys = await readDataKeys(
        tx,
        agencyKey,
        items.map((item) => item.keyId),
      )
      return items.map((item, at) => openBytes(keys[at] as Buffer, item.keyId, item.sealed))
    },
  }
}

async function putBlob(tx: Tx, folder: string, keyId: string, key: Buffer, bytes: Uint8Array): Promise<BlobRef> {
  const sealed = sealBytes(key, keyId, bytes)
  const ref: BlobRef = { id: sha256Hex(sealed), sha256: sha256Hex(bytes), size: bytes.byteLength }
  // The file comes first: a crash before the commit leaves an unreadable orphan, never a row without its bytes.
  await writeDurably(blobPath(folder, ref.id), sealed)
  await sql`insert into sealed_blob (id, data_key, sha256, size)
    values (${ref.id}, ${keyId}, ${ref.sha256}, ${ref.size})`.execute(tx)
  return ref
}

async function getBlob(
  tx: Tx,
  folder: string,
  blobId: string,
  keyOf: (tx: Tx, keyId: string) => Promise<Buffer>,
): Promise<Uint8Array> {
  const { rows } = await sql<{ data_key: string }>`select data_key from sealed_blob where id = ${blobId}`.execute(tx)
  const row = rows[0]
  const sealed = row === undefined ? null : await readFile(blobPath(folder, blobId)).catch(() => null)
  if (row === undefined || sealed === null) {
    throw new StoreError('blob_missing', `The sealed object ${blobId} is not there.`, 'Restore it from a backup.')
  }
  return openBytes(await keyOf(tx, row.data_key), row.data_key, sealed)
}

function blobPath(folder: string, id: string): string {
  return join(folder, id.slice(0, 2), id.slice(2))
}
