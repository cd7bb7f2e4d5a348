import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import pg from 'pg'
import type { Outcome } from '../base/index.ts'
import { asStoreError } from './store-error.ts'

/** Whose rows a transaction may see: row-level security compares `agency` with it; null sees no agency rows. */
export interface Scope {
  readonly agency: string | null
}

export type Tx = Transaction<Record<never, never>>

/** How to reach the server: a URL, or a unix socket folder and a database name. */
export interface DatabaseAddress {
  readonly url?: string
  readonly socketDir?: string
  readonly database?: string
  /** Connections at most; 10 when absent. */
  readonly connections?: number
}

export interface Database {
  transaction<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T>
  act<T, C extends string>(scope: Scope, work: (tx: Tx) => Promise<Outcome<T, C>>): Promise<Outcome<T, C>>
  close(): Promise<void>
}

/** The role that the product works as: no superuser, no bypass of row-level security, no ownership. */
export const SERVICE_ROLE = 'countenance_service'

const INT8 = 20
const CONNECTIONS = 10

/** Opens a pool that works as the service role; one transaction is one act. */
export function openDatabase(address: DatabaseAddress): Database {
  const pool = new pg.Pool({ ...poolConfig(address), options: `-c role=${SERVICE_ROLE}` })
  // A lost connection fails the query that meets it and is replaced; without listeners it would end the process.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  const db = new Kysely<Record<never, never>>({ dialect: new PostgresDialect({ pool }) })
  const transaction = <T>(scope: Scope, work: (tx: Tx) => Promise<T>) => runTransaction(db, scope, work)
  return {
    transaction,
    act: (scope, work) => runAct(transaction, scope, work),
    close: () => db.destroy(),
  }
}

export function poolConfig(address: DatabaseAddress): pg.PoolConfig {
  const common: pg.PoolConfig = {
    max: address.connections ?? CONNECTIONS,
    connectionTimeoutMillis: 5000,
    types: { getTypeParser },
  }
  if (address.url !== undefined) return { ...common, connectionString: address.url }
  return { ...common, host: address.socketDir ?? '', database: address.database ?? 'countenance', user: 'app' }
}

/** Counts and sequence numbers stay far below 2^53, so bigint columns are read as numbers. */
const getTypeParser = ((oid: number, format?: 'text' | 'binary') =>
  oid === INT8 ? Number : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser

async function runTransaction<T>(
  db: Kysely<Record<never, never>>,
  scope: Scope,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  try {
    return await db.transaction().execute(async (tx) => {
      await sql`select set_config('app.agency', ${scope.agency ?? ''}, true)`.execute(tx)
      return await work(tx)
    })
  } catch (error) {
    throw asStoreError(error)
  }
}

class Undo<T, C extends string> {
  readonly outcome: Outcome<T, C>
  constructor(outcome: Outcome<T, C>) {
    this.outcome = outcome
  }
}

async function runAct<T, C extends string>(
  transaction: Database['transaction'],
  scope: Scope,
  work: (tx: Tx) => Promise<Outcome<T, C>>,
): Promise<Outcome<T, C>> {
  try {
    return await transaction(scope, async (tx) => {
      const outcome = await work(tx)
      if (!outcome.ok) throw new Undo(outcome)
      return outcome
    })
  } catch (error) {
    if (error instanceof Undo) return error.outcome as Outcome<T, C>
    throw error
  }
}
