import { type Database, type DatabaseAddress, openDatabase } from './database.ts'
import { anyWrappedKey, readAgencyKey } from './keys.ts'
import { openSealedBlobs, type SealedBlobs } from './sealed-blobs.ts'

export interface Store extends Database {
  readonly blobs: SealedBlobs
}

export interface StoreOptions {
  readonly address: DatabaseAddress
  readonly blobFolder: string
  readonly agencyKeyFile: string
}

/**
 * Opens a migrated database and the folder of sealed objects beside it.
 * @throws StoreError `key_missing` when the agency key is not the one this database was sealed with.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const database = openDatabase(options.address)
  try {
    const made = await database.transaction({ agency: null }, anyWrappedKey)
    const agencyKey = await readAgencyKey(options.agencyKeyFile, made)
    return { ...database, blobs: openSealedBlobs(options.blobFolder, agencyKey) }
  } catch (error) {
    await database.close()
    throw error
  }
}
