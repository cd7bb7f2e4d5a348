/**
 * What the log costs: acts a second that do nothing but append (each its own transaction, synced to disk), one after
 * the other and from eight clients at once, and entries a second that the offline verifier checks.
 * Run: `npx node bench/audit.ts [folder for the data, by default the system's for temporary files]`.
 */
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { append, openLog, verifyExport } from '../src/audit/index.ts'
import { systemClock, toStamp } from '../src/base/index.ts'
import { migrate, openStore, type Store, sql, startEmbeddedPostgres } from '../src/store/index.ts'

const ROUNDS = 5
const ACTS = 400
const EXPORTED = 10_000

const deps = { clock: systemClock }
const ENTRY = {
  act: 'search.completed',
  actor: 'acct_00000000000000000001',
  agency: 'agcy_00000000000000000001',
  about: 'srch_00000000000000000001',
  facts: {
    request: 'rqst_00000000000000000001',
    searched: 645,
    returned: 20,
    threshold: 0.26,
    listDigest: 'cd'.repeat(32),
  },
} as const

const folder = await mkdtemp(join(process.argv[2] ?? tmpdir(), 'countenance-bench-'))
const server = await startEmbeddedPostgres({ folder })
try {
  await migrate(server.address)
  const files = { blobFolder: join(folder, 'objects'), agencyKeyFile: join(folder, 'agency.key') }
  const store = await openStore({ address: server.address, ...files })
  try {
    await measure(store)
  } finally {
    await store.close()
  }
} finally {
  await server.stop()
  await rm(folder, { recursive: true, force: true })
}

async function measure(store: Store): Promise<void> {
  console.log(`${toStamp(new Date())} · ${cpus().length} x ${cpus()[0]?.model} · Node ${process.version}`)
  console.log(`fsync ${await fsyncSetting(store)}, medians of ${ROUNDS} rounds (lowest to highest)`)
  await appendActs(store, ACTS, 1)
  await print('peer: PostgreSQL alone, one-row inserts/s, 1 client', ACTS, () => insertRows(store, ACTS))
  await print(`appends/s, 1 client, ${ACTS} acts a round`, ACTS, () => appendActs(store, ACTS, 1))
  await print(`appends/s, 8 clients, ${ACTS} acts a round`, ACTS, () => appendActs(store, ACTS, 8))
  const log = openLog(store, { origin: 'bench.example/log', signingKey: Buffer.alloc(32, 1), ...deps })
  await store.transaction({ agency: null }, async (tx) => {
    for (let entry = 0; entry < EXPORTED; entry += 1) await append(tx, deps, ENTRY)
  })
  const lines: string[] = []
  for await (const line of log.exportLog(null)) lines.push(line)
  const bytes = Buffer.from(lines.join(''))
  const size = lines.length - 1
  await print(`entries/s verified offline, ${size} entries, ${bytes.length} bytes`, size, async () => {
    const report = await verifyExport([bytes], { verifierKey: log.verifierKey })
    if (!report.ok || report.size !== size) throw new Error('The export of an honest log was not found whole.')
  })
}

/** What the database does without the log: one small row, one synced commit. */
async function insertRows(store: Store, rows: number): Promise<void> {
  for (let row = 0; row < rows; row += 1) {
    const id = `bench_${randomUUID()}`
    await store.transaction({ agency: null }, (tx) =>
      sql`insert into data_key (id, wrapped) values (${id}, ${Buffer.alloc(40)})`.execute(tx),
    )
  }
}

/** `clients` at a time, each act one transaction. */
async function appendActs(store: Store, acts: number, clients: number): Promise<void> {
  const client = async () => {
    for (let act = 0; act < acts / clients; act += 1) {
      await store.transaction({ agency: null }, (tx) => append(tx, deps, ENTRY))
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
}

async function print(name: string, count: number, work: () => Promise<void>): Promise<void> {
  const rates: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now()
    await work()
    rates.push(Math.round((count * 1000) / (performance.now() - start)))
  }
  rates.sort((a, b) => a - b)
  console.log(`${name}: ${rates[Math.floor(ROUNDS / 2)]} (${rates[0]} to ${rates.at(-1)})`)
}

async function fsyncSetting(store: Store): Promise<string> {
  const show = await store.transaction({ agency: null }, (tx) => sql<{ fsync: string }>`show fsync`.execute(tx))
  return show.rows[0]?.fsync ?? 'unknown'
}
