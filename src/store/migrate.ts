import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { sha256Hex } from '../base/index.ts'
import { type DatabaseAddress, poolConfig, SERVICE_ROLE } from './database.ts'
import { addressError, StoreError } from './store-error.ts'

const MIGRATIONS = join(import.meta.dirname, 'migrations')
const LOCK = 7_201_118

/**
 * Brings the schema up to date, as the owner of the database, in file-name order; each file is one transaction.
 * @param before only the files whose names sort before this: how a test gets an older database.
 * @returns the names applied now. @throws StoreError `migration_changed` when an applied file was edited since.
 */
export async function migrate(address: DatabaseAddress, before?: string): Promise<readonly string[]> {
  const client = new pg.Client({ ...poolConfig(address) })
  try {
    await client.connect()
    await client.query('select pg_advisory_lock($1)', [LOCK])
    await prepare(client)
    return await applyPending(client, before)
  } catch (error) {
    throw addressError(error)
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function prepare(client: pg.Client): Promise<void> {
  // The role belongs to the whole server: somebody with more rights may have made and granted it before.
  await client.query(`do $$ begin
    if not exists (select 1 from pg_roles where rolname = '${SERVICE_ROLE}') then
      create role ${SERVICE_ROLE} nologin nobypassrls;
    end if;
  exception when duplicate_object or unique_violation then null; end $$`)
  const { rows } = await client.query<{ may: boolean }>(
    `select pg_has_role($1, case when current_setting('server_version_num')::int >= 160000
      then 'set' else 'member' end) as may`,
    [SERVICE_ROLE],
  )
  if (rows[0]?.may !== true) await client.query(`grant ${SERVICE_ROLE} to current_user`)
  await client.query(`create table if not exists schema_migration
    (name text primary key, sha256 text not null, applied_at timestamptz not null default now())`)
}

async function applyPending(client: pg.Client, before = '\uffff'): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string; sha256: string }>('select name, sha256 from schema_migration')
  const applied = new Map(rows.map((row) => [row.name, row.sha256]))
  const done: string[] = []
  for (const name of (await readdir(MIGRATIONS)).filter((file) => file.endsWith('.sql') && file < before).sort()) {
    const text = await readFile(join(MIGRATIONS, name), 'utf8')
    const digest = applied.get(name)
    if (digest === undefined) {
      await applyOne(client, name, text)
      done.push(name)
    } else if (digest !== sha256Hex(text)) throw changed(name)
  }
  return done
}

async function applyOne(client: pg.Client, name: string, text: string): Promise<void> {
  await client.query('begin')
  try {
    await client.query(text)
    await client.query('insert into schema_migration (name, sha256) values ($1, $2)', [name, sha256Hex(text)])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

function changed(name: string): StoreError {
  return new StoreError(
    'migration_changed',
    `The migration ${name} was applied to this database and has been edited since.`,
    'Restore the released file; write a new migration for a change.',
  )
}
