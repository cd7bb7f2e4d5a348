/**
 * What the log costs: entries a second that are acknowledged and synced to disk, each its own transaction, and how long
 * one takes, with 1, 8 and 64 writers while the integrator gives places and keeps the folder, beside rows that
 * PostgreSQL alone inserts in the same run; and entries a second that the offline verifier checks.
 * Run: `npx node bench/audit.ts [folder for the data, by default the system's for temporary files] [connections]`.
 */
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { append, openLog, verifyExport } from '../src/audit/index.ts'
import { systemClock, toStamp } from '../src/base/index.ts'
import { migrate, openStore, type Store, sql, startEmbeddedPostgres } from '../src/store/index.ts'

const ROUNDS = 5
const WRITERS = [1, 8, 64] as const
const ROUND_MS = 2000
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

const connections = Number(process.argv[3] ?? 10)
const folder = await mkdtemp(join(process.argv[2] ?? tmpdir(), 'countenance-bench-'))
const server = await startEmbeddedPostgres({ folder })
try {
  await migrate(server.address)
  const files = { blobFolder: join(folder, 'objects'), agencyKeyFile: join(folder, 'agency.key') }
  const store = await openStore({ address: { ...server.address, connections }, ...files })
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
  console.log(`fsync ${await fsyncSetting(store)}, ${connections} connections, medians of ${ROUNDS} rounds of 2 s`)
  const key = { origin: 'bench.example/log', signingKey: Buffer.alloc(32, 1), folder: join(folder, 'log') }
  const log = openLog(store, { ...key, ...deps })
  const integrator = await log.startIntegrator({ onTrouble: (error) => console.error(error) })
  await round(8, () => appendOne(store))
  for (const writers of WRITERS) {
    // Turn and turn about, so that both meet the same machine.
    const rows: Round[] = []
    const entries: Round[] = []
    for (let turn = 0; turn < ROUNDS; turn += 1) {
      rows.push(await round(writers, () => insertRow(store)))
      entries.push(await round(writers, () => appendOne(store)))
    }
    print(`peer: PostgreSQL alone, one-row inserts, ${writers} writers`, rows)
    print(`entries acknowledged, ${writers} writers`, entries)
  }
  await integrator.stop()
  await verifyRate(store, log)
}

interface Round {
  readonly rate: number
  readonly p50: number
  readonly p99: number
}

/** `writers` at a time, each waiting for its own commit. */
async function round(writers: number, work: () => Promise<unknown>): Promise<Round> {
  const times: number[] = []
  const start = performance.now()
  const writer = async () => {
    while (performance.now() - start < ROUND_MS) {
      const begun = performance.now()
      await work()
      times.push(performance.now() - begun)
    }
  }
  await Promise.all(Array.from({ length: writers }, writer))
  const seconds = (performance.now() - start) / 1000
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return { rate: times.length / seconds, p50: at(0.5), p99: at(0.99) }
}

/** What the database does without the log: one small row, one synced commit. */
function insertRow(store: Store): Promise<unknown> {
  const id = `bench_${randomUUID()}`
  return store.transaction({ agency: null }, (tx) =>
    sql`insert into data_key (id, wrapped) values (${id}, ${Buffer.alloc(40)})`.execute(tx),
  )
}

function appendOne(store: Store): Promise<unknown> {
  return store.transaction({ agency: null }, (tx) => append(tx, deps, ENTRY))
}

async function verifyRate(store: Store, log: ReturnType<typeof openLog>): Promise<void> {
  await store.transaction({ agency: null }, async (tx) => {
    for (let entry = 0; entry < EXPORTED; entry += 1) await append(tx, deps, ENTRY)
  })
  const lines: string[] = []
  for await (const line of log.exportLog(null)) lines.push(line)
  const bytes = Buffer.from(lines.join(''))
  const size = lines.length - 1
  const rates: number[] = []
  for (let turn = 0; turn < ROUNDS; turn += 1) {
    const start = performance.now()
    const report = await verifyExport([bytes], { verifierKey: log.verifierKey })
    if (!report.ok || report.size !== size) throw new Error('The export of an honest log was not found whole.')
    rates.push((size * 1000) / (performance.now() - start))
  }
  console.log(`entries/s verified offline, ${size} entries, ${bytes.length} bytes: ${spread(rates, 0)}`)
}

function print(name: string, rounds: readonly Round[]): void {
  const of = (key: keyof Round, digits: number) =>
    spread(
      rounds.map((one) => one[key]),
      digits,
    )
  console.log(`${name}: ${of('rate', 0)}/s, p50 ${of('p50', 1)} ms, p99 ${of('p99', 1)} ms`)
}

/** Median (lowest to highest). */
function spread(values: readonly number[], digits: number): string {
  const sorted = values.toSorted((a, b) => a - b).map((value) => value.toFixed(digits))
  return `${sorted[Math.floor(sorted.length / 2)]} (${sorted[0]} to ${sorted.at(-1)})`
}

async function fsyncSetting(store: Store): Promise<string> {
  const show = await store.transaction({ agency: null }, (tx) => sql<{ fsync: string }>`show fsync`.execute(tx))
  return show.rows[0]?.fsync ?? 'unknown'
}
