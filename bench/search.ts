/**
 * Prints load time, memory and CPU ms per exact search at 10k and 100k generated templates of 512 numbers, one
 * photograph per subject, sealed in PostgreSQL as in the product: `node bench/search.ts [templates...]`.
 */
import { cpus } from 'node:os'
import { sha256Hex } from '../src/base/index.ts'
import type { ModelIdentity } from '../src/engine/index.ts'
import { openFlatSearch } from '../src/gallery/index.ts'
import { openTestStore, type Store, sql, type Tx } from '../src/store/index.ts'

const SEARCHES = 40
const BATCH = 2000
const model: ModelIdentity = { id: 'generated-512', sha256: sha256Hex('generated-512'), dimension: 512 }

async function main(sizes: readonly number[]): Promise<void> {
  const cpu = cpus()
  console.log(`${new Date().toISOString()}  node ${process.version}  ${cpu.length} x ${cpu[0]?.model.trim()}`)
  for (const size of sizes) await measure(size)
}

async function measure(size: number): Promise<void> {
  const store = await openTestStore()
  try {
    await fill(store, size)
    global.gc?.()
    const before = process.memoryUsage().rss
    const search = openFlatSearch(store, model)
    const loading = { cpu: process.cpuUsage(), at: performance.now() }
    const loaded = await search.size()
    const loadSeconds = (performance.now() - loading.at) / 1000
    const loadCpu = process.cpuUsage(loading.cpu).user / 1e6
    const runs = []
    for (let run = 0; run < SEARCHES; run += 1) {
      const query = randomUnit()
      const cpuStart = process.cpuUsage()
      const start = performance.now()
      await search.search(query, { model, limit: 50, threshold: run % 2 === 0 ? -1 : 0.4 })
      const used = process.cpuUsage(cpuStart)
      runs.push({ cpu: (used.user + used.system) / 1000, wall: performance.now() - start })
    }
    const rss = process.memoryUsage().rss
    console.log(
      `${loaded} templates: CPU ${median(runs.map((run) => run.cpu)).toFixed(1)} ms per search, ` +
        `wall ${median(runs.map((run) => run.wall)).toFixed(1)} ms (median of ${SEARCHES}), ` +
        `load ${loadSeconds.toFixed(1)} s (CPU ${loadCpu.toFixed(1)} s), RSS ${mebibytes(rss)} MiB (before loading ${mebibytes(before)})`,
    )
    console.log(
      `  peer: plain loop over ${size} x 512 floats, no top 50: CPU ${plainLoop(size).toFixed(1)} ms (median of 10)`,
    )
  } finally {
    await store.close()
  }
}

/** CPU ms of the shortest program that compares one query with as many vectors: the floor for a scan in JavaScript. */
function plainLoop(size: number): number {
  const vectors = new Float32Array(size * 512).map(() => Math.random())
  const query = randomUnit()
  const runs: number[] = []
  let best = 0
  for (let run = 0; run < 10; run += 1) {
    const start = process.cpuUsage()
    for (let row = 0; row < size; row += 1) {
      let sum = 0
      for (let at = 0; at < 512; at += 1) sum += (vectors[row * 512 + at] as number) * (query[at] as number)
      if (sum > best) best = sum
    }
    runs.push(process.cpuUsage(start).user / 1000)
  }
  return best > 0 ? median(runs) : 0
}

async function fill(store: Store, size: number): Promise<void> {
  await store.transaction({ agency: null }, async (tx) => {
    await store.blobs.createKey(tx, 'key_source')
    const blob = await store.blobs.put(tx, 'key_source', new Uint8Array(1))
    await sql`insert into gallery_source values ('src_bench', 'Bench', 'None', 'county_booking', now(), 'bench')`.execute(
      tx,
    )
    for (let first = 0; first < size; first += BATCH) {
      await fillBatch(store, tx, blob.id, first, Math.min(BATCH, size - first))
    }
  })
}

async function fillBatch(store: Store, tx: Tx, blob: string, first: number, count: number): Promise<void> {
  const numbers = Array.from({ length: count }, (_, at) => String(first + at).padStart(20, '0'))
  const sealed: Uint8Array[] = []
  for (const number of numbers) {
    await store.blobs.createKey(tx, `key_${number}`)
    sealed.push(await store.blobs.seal(tx, `key_${number}`, new Uint8Array(randomUnit().buffer)))
  }
  await sql`insert into gallery_subject select 'sub_' || n, 'src_bench', n, 'key_' || n from unnest(${numbers}::text[]) n
    `.execute(tx)
  await sql`insert into gallery_booking (id, source, subject, booking_number, booked_at, captured_at, sex, blob,
      image_digest, model_id, model_sha256, enrolled_at, enrolled_by)
    select 'bkg_' || n, 'src_bench', 'sub_' || n, n, '2024-01-01', '2024-01-01', 'U', ${blob},
      encode(sha256(n::bytea), 'hex'), ${model.id}, ${model.sha256}, now(), 'bench'
    from unnest(${numbers}::text[]) n`.execute(tx)
  await sql`insert into gallery_template (id, booking, subject, model_sha256, sealed)
    select 'tpl_' || n, 'bkg_' || n, 'sub_' || n, ${model.sha256}, sealed
    from unnest(${numbers}::text[], ${sealed}::bytea[]) as row (n, sealed)`.execute(tx)
}

/** A direction uniform on the sphere. */
function randomUnit(): Float32Array<ArrayBuffer> {
  const vector = Float32Array.from({ length: model.dimension }, normal)
  const length = Math.hypot(...vector)
  return vector.map((value) => value / length)
}

/** Box and Muller. */
function normal(): number {
  return Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random())
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

function mebibytes(bytes: number): number {
  return Math.round(bytes / 2 ** 20)
}

const sizes = process.argv.slice(2).map(Number)
await main(sizes.length > 0 ? sizes : [10_000, 100_000])
