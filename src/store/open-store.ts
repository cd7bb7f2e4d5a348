import { type Database, type DatabaseAddress, openDatabase } from './database.ts'
import { readAgencyKey } from './keys.ts'
import { openSealedBlobs, type SealedBlobs } from './sealed-blobs.ts'

export interface Store extends Database {
  readonly blobs: SealedBlobs
}

export interface StoreOptions {
  readonly address: DatabaseAddress
  readonly blobFolder: string
  readonly agencyKeyFile: string
}

/** Opens a migrated database and the folder of sealed objects beside it. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const agencyKey = await readAgencyKey(options.agencyKeyFile)
  return { ...openDatabase(options.address), blobs: openSealedBlobs(options.blobFolder, agencyKey) }
}
