/**
 * A program of bench/search.ts: the search over the index files of a generated gallery, alone in its process, so that
 * its memory and its processor time are those of the search.
 */
import { openCertifiedSearch } from '../../src/gallery/certified-search.ts'
import { followSource } from '../../src/gallery/follow-source.ts'
import { NO_FILTER } from '../../src/gallery/gallery-filter.ts'
import { type DiskGallery, modelOf, openIndexOf, TIMED_PROBES, timedProbes } from './gallery-on-disk.ts'
import { FaceSet } from './generate.ts'
import { GeneratedSource } from './generated-source.ts'
import { type Spent, spend } from './measure.ts'
import { readBandwidth } from './read-bandwidth.ts'
import { answerRounds } from './round-process.ts'

export interface SearcherOptions {
  readonly gallery: DiskGallery
  /** 0 to scan on the one thread there is. */
  readonly threads: number
}

export interface SearcherReady {
  /** Milliseconds from opening the files to the first list. */
  readonly openMs: number
  /** Rows held then. */
  readonly rows: number
  /** Bytes resident then. */
  readonly rss: number
  /** Bytes resident before the files were opened. */
  readonly rssBefore: number
}

export type SearcherOrder =
  | { readonly do: 'search' }
  | { readonly do: 'batch'; readonly probes: number }
  | { readonly do: 'bandwidth' }
  | { readonly do: 'insert' }
  | { readonly do: 'delete'; readonly seq: number }

export interface SearchRound {
  /** Whole searches with proof, and the scan of the codes alone. */
  readonly certified: readonly Spent[]
  readonly bare: readonly Spent[]
}

export interface BatchRound {
  readonly certified: Spent
  readonly bare: Spent
}

/** Rows that the search asks the scan for first. */
const SCAN_K = 1024

const { gallery, threads } = JSON.parse(process.argv[2] ?? '{}') as SearcherOptions
const { spec } = gallery
const model = modelOf(spec)
const set = new FaceSet(spec)
const source = new GeneratedSource(set)
const options = { model, limit: 50, threshold: -1, filter: NO_FILTER }
const probes = timedProbes(set, 64).map(({ vector }) => vector)
const timed = probes.slice(0, TIMED_PROBES)
const rssBefore = process.memoryUsage().rss
const index = openIndexOf(gallery.index, spec, threads)
const search = openCertifiedSearch(source, followSource(source, index), model)

const scan = (queries: readonly Float32Array[]) =>
  index.scan(queries, { k: SCAN_K, floor: -1, filter: { ...NO_FILTER, sources: null } })

async function searchRound(): Promise<SearchRound> {
  const certified: Spent[] = []
  const bare: Spent[] = []
  for (const probe of timed) {
    certified.push(await spend(() => search.search(probe, options)))
    bare.push(await spend(() => scan([probe])))
  }
  return { certified, bare }
}

async function batchRound(count: number): Promise<BatchRound> {
  const some = probes.slice(0, count)
  return {
    certified: await spend(() => search.searchMany(some, options)),
    bare: await spend(() => scan(some)),
  }
}

/** Enrols one more photograph and searches with its own vector: what is visible then. */
async function insertRound() {
  const row = source.append()
  const { candidates, ...spent } = await searchWith(set.template(row))
  return { ...spent, visible: (candidates[0]?.score ?? 0) > 0.9999 }
}

/** Takes a photograph out and searches with its own vector: nothing of it may be listed. */
async function deleteRound(seq: number) {
  const name = String(seq).padStart(10, '0')
  source.remove(seq)
  const { candidates, ...spent } = await searchWith(set.template(seq - 1))
  return { ...spent, gone: candidates.every(({ template }) => !template.endsWith(name)) }
}

async function searchWith(vector: Float32Array) {
  const found: Awaited<ReturnType<typeof search.search>>[] = []
  const spent = await spend(async () => found.push(await search.search(vector, options)))
  return { ...spent, candidates: found[0]?.candidates ?? [] }
}

const { wall: openMs } = await spend(() => search.search(timed[0] ?? new Float32Array(), options))
const ready: SearcherReady = { openMs, rows: await search.size(), rss: process.memoryUsage().rss, rssBefore }
await answerRounds<SearcherOrder>(ready, async (order) => {
  if (order.do === 'search') return await searchRound()
  if (order.do === 'batch') return await batchRound(order.probes)
  if (order.do === 'insert') return await insertRound()
  if (order.do === 'delete') return await deleteRound(order.seq)
  return { gbs: await readBandwidth() }
})
await search.close()
