import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { done, refuse } from '../base/index.ts'
import { openStore, openTestStore, sql, type TestStore } from './index.ts'
import { migrate } from './migrate.ts'
import { addressError, asStoreError, diskError, StoreError } from './store-error.ts'

let store: TestStore
beforeAll(async () => {
  store = await openTestStore()
})
afterAll(() => store.close())

const NOBODY = { agency: null }

async function asOwner<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    host: store.address.socketDir ?? '',
    database: store.address.database ?? '',
    user: 'app',
  })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function keysThere(prefix: string): Promise<number> {
  const { rows } = await asOwner((client) => client.query(`select id from data_key where id like '${prefix}%'`))
  return rows.length
}

describe('transactions', () => {
  it('work as a role that is neither owner nor superuser', async () => {
    const rows = await store.transaction(NOBODY, async (tx) => {
      const answer = await sql<{
        who: string
        super: boolean
        bypass: boolean
      }>`select current_user as who, rolsuper as super,
        rolbypassrls as bypass from pg_roles where rolname = current_user`.execute(tx)
      return answer.rows
    })
    expect(rows).toEqual([{ who: 'countenance_service', super: false, bypass: false }])
    const drop = store.transaction(NOBODY, (tx) => sql`drop table data_key`.execute(tx))
    await expect(drop).rejects.toThrow(/must be owner/)
    const erase = store.transaction(NOBODY, (tx) => sql`delete from sealed_blob`.execute(tx))
    await expect(erase).rejects.toThrow(/permission denied/)
  })

  it('commit when the work resolves, and leave nothing when it throws', async () => {
    await store.transaction(NOBODY, (tx) => store.blobs.createKey(tx, 'kept_1'))
    const broken = store.transaction(NOBODY, async (tx) => {
      await store.blobs.createKey(tx, 'lost_1')
      throw new Error('stop')
    })
    await expect(broken).rejects.toThrow('stop')
    expect([await keysThere('kept_'), await keysThere('lost_')]).toEqual([1, 0])
  })

  it('an act that is refused leaves nothing either', async () => {
    const refused = await store.act(NOBODY, async (tx) => {
      await store.blobs.createKey(tx, 'refused_1')
      return refuse('no', 'No.', 'Do not.')
    })
    const agreed = await store.act(NOBODY, async (tx) => {
      await store.blobs.createKey(tx, 'agreed_1')
      return done('yes')
    })
    expect(refused).toMatchObject({ ok: false, problem: { code: 'no' } })
    expect(agreed).toEqual({ ok: true, value: 'yes' })
    expect([await keysThere('refused_'), await keysThere('agreed_')]).toEqual([0, 1])
  })

  it('carry the agency of the scope and forget it afterwards', async () => {
    const read = (agency: string | null) =>
      store.transaction({ agency }, async (tx) => {
        const { rows } = await sql<{ a: string }>`select current_setting('app.agency', true) as a`.execute(tx)
        return rows[0]?.a
      })
    expect(await Promise.all(['agency_1', null, 'agency_2'].map(read))).toEqual(['agency_1', '', 'agency_2'])
  })
})

describe('sealed objects', () => {
  const photo = Buffer.from('a photograph that nobody else may read '.repeat(50))

  async function seal(keyId: string) {
    return store.transaction(NOBODY, async (tx) => {
      await store.blobs.createKey(tx, keyId)
      return store.blobs.put(tx, keyId, photo)
    })
  }
  const path = (id: string) => join(store.blobFolder, id.slice(0, 2), id.slice(2))
  const read = (id: string) => store.transaction(NOBODY, (tx) => store.blobs.get(tx, id))

  it('come back as they went in; the file on disk shows nothing of them', async () => {
    const ref = await seal('key_a')
    expect(Buffer.from(await read(ref.id))).toEqual(photo)
    expect(ref.size).toBe(photo.length)
    expect((await readFile(path(ref.id))).includes(Buffer.from('photograph'))).toBe(false)
    expect((await readdir(join(store.blobFolder, ref.id.slice(0, 2)))).filter((name) => name.endsWith('.tmp'))).toEqual(
      [],
    )
  })

  it('a changed byte on disk is found', async () => {
    const ref = await seal('key_b')
    const bytes = await readFile(path(ref.id))
    bytes[20] = (bytes[20] ?? 0) ^ 1
    await writeFile(path(ref.id), bytes)
    await expect(read(ref.id)).rejects.toMatchObject({ code: 'blob_damaged' })
  })

  it('an unknown object is named', async () => {
    await expect(read('0'.repeat(64))).rejects.toMatchObject({ code: 'blob_missing' })
  })

  it('destroying the key destroys what it sealed, and only that', async () => {
    const [gone, kept] = [await seal('key_c'), await seal('key_d')]
    const value = await store.transaction(NOBODY, (tx) => store.blobs.seal(tx, 'key_c', Buffer.from('template')))
    await store.transaction(NOBODY, (tx) => store.blobs.destroyKey(tx, 'key_c'))
    await expect(read(gone.id)).rejects.toMatchObject({ code: 'key_destroyed' })
    const opened = store.transaction(NOBODY, (tx) => store.blobs.open(tx, 'key_c', value))
    await expect(opened).rejects.toMatchObject({ code: 'key_destroyed' })
    expect(Buffer.from(await read(kept.id))).toEqual(photo)
  })

  it('opens many column values in the order asked', async () => {
    const values = ['one', 'two', 'three'].map((text) => Buffer.from(text))
    const opened = await store.transaction(NOBODY, async (tx) => {
      const items = []
      for (const [at, value] of values.entries()) {
        await store.blobs.createKey(tx, `many_${at}`)
        items.push({ keyId: `many_${at}`, sealed: await store.blobs.seal(tx, `many_${at}`, value) })
      }
      return store.blobs.openAll(tx, [...items, items[0] as (typeof items)[0]])
    })
    expect(opened.map((bytes) => Buffer.from(bytes).toString())).toEqual(['one', 'two', 'three', 'one'])
    const unknown = store.transaction(NOBODY, (tx) => store.blobs.openAll(tx, [{ keyId: 'none', sealed: photo }]))
    await expect(unknown).rejects.toMatchObject({ code: 'key_missing' })
  })
})

describe('errors', () => {
  it('a lost database is one code with a sentence; other errors pass unchanged', () => {
    for (const code of ['ECONNREFUSED', '57P01', '08006']) {
      expect(asStoreError(Object.assign(new Error('x'), { code }))).toMatchObject({ code: 'database_unavailable' })
    }
    const noSocket = Object.assign(new Error('x'), { code: 'ENOENT', syscall: 'connect' })
    expect(asStoreError(noSocket)).toMatchObject({ code: 'database_unavailable' })
    const noFile = Object.assign(new Error('x'), { code: 'ENOENT', syscall: 'open' })
    expect(asStoreError(noFile)).toBe(noFile)
    expect(asStoreError(new Error('Connection terminated unexpectedly'))).toBeInstanceOf(StoreError)
    const other = Object.assign(new Error('duplicate'), { code: '23505' })
    expect(asStoreError(other)).toBe(other)
  })

  it('a full disk is one code with a sentence', () => {
    expect(diskError(Object.assign(new Error('x'), { code: 'ENOSPC' }))).toMatchObject({ code: 'disk_full' })
    const other = Object.assign(new Error('x'), { code: 'EACCES' })
    expect(diskError(other)).toBe(other)
  })

  it('a database whose disk is full is the same code', () => {
    const full = Object.assign(new Error('could not extend file'), { code: '53100' })
    expect(asStoreError(full)).toMatchObject({
      code: 'disk_full',
      message: expect.stringMatching(/nothing was recorded/),
    })
  })

  it.each(['ENOTFOUND', '28P01', '3D000', '42501'])(
    'an address that cannot be right (%s) names its setting',
    (code) => {
      const secret = Object.assign(new Error('password authentication failed for user "x"'), { code })
      expect(addressError(secret)).toMatchObject({
        code: 'database_unavailable',
        message: expect.stringMatching(/^The database server cannot be used: .*\.$/),
        remedy: expect.stringContaining('DATABASE_URL'),
      })
    },
  )

  it('a database that stops ends the act with its code', async () => {
    const own = await openTestStore()
    const cut = own.transaction(NOBODY, async (tx) => {
      await own.blobs.createKey(tx, 'cut_1')
      await asOwner((client) =>
        client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
          own.address.database,
        ]),
      )
      await sql`select 1`.execute(tx)
    })
    await expect(cut).rejects.toMatchObject({ code: 'database_unavailable' })
    const after = await own.transaction(NOBODY, (tx) => sql`select id from data_key where id = 'cut_1'`.execute(tx))
    expect(after.rows).toEqual([])
    await own.close()
  })
})

describe('the agency key of a database', () => {
  const open = (agencyKeyFile: string) =>
    openStore({ address: store.address, blobFolder: store.blobFolder, agencyKeyFile })

  it('must be there once something was sealed: no other is made in its place', async () => {
    await store.transaction(NOBODY, (tx) => store.blobs.createKey(tx, 'sealed_before'))
    const lost = join(store.blobFolder, 'lost.key')
    await expect(open(lost)).rejects.toMatchObject({ code: 'key_missing', message: expect.stringContaining(lost) })
    await expect(readFile(lost)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('of another database is refused before anything is sealed with it', async () => {
    const other = join(store.blobFolder, 'other.key')
    await mkdir(store.blobFolder, { recursive: true })
    await writeFile(other, 'ab'.repeat(32))
    await expect(open(other)).rejects.toMatchObject({ code: 'key_missing' })
  })
})

describe('migrations', () => {
  it('are applied once', async () => {
    expect(await migrate(store.address)).toEqual([])
  })

  it('an edited file is refused by name', async () => {
    await asOwner((client) =>
      client.query(`update schema_migration set sha256 = 'other' where name = '0001-store.sql'`),
    )
    await expect(migrate(store.address)).rejects.toMatchObject({
      code: 'migration_changed',
      message: expect.stringContaining('0001-store.sql'),
    })
  })
})
