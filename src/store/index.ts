/**
 * store: PostgreSQL, migrations, sealed objects, keys.
 * In: SQL from each room's records.ts, bytes to seal. Out: transactions bound to one agency, sealed objects.
 * Roles: none; row-level security answers to the scope a room passes.
 */
export { sql } from 'kysely'
export type { Scope, Tx } from './database.ts'
export { answers, type EmbeddedPostgres, socketFolder, startEmbeddedPostgres } from './embedded-postgres.ts'
export { makeKeyFile, readKeyFile } from './keys.ts'
export { migrate } from './migrate.ts'
export { openStore, type Store, type StoreOptions } from './open-store.ts'
export type { BlobRef, SealedBlobs } from './sealed-blobs.ts'
export { StoreError, type StoreErrorCode } from './store-error.ts'
export { openTestStore, type TestStore } from './test-store.ts'
