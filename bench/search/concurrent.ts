import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type GallerySearch, NO_FILTER, openGallerySearch } from '../../src/gallery/index.ts'
import { openTestStore, type Store } from '../../src/store/index.ts'
import { fillStore, openSource } from './fill-store.ts'
import { modelOf } from './gallery-on-disk.ts'
import { FaceSet } from './generate.ts'
import { median, milliseconds, printTable, quantile, spend } from './measure.ts'
import type { PartOptions } from './part.ts'

const SEARCHERS = 4
const ENROLLED_AT_ONCE = 50

/** The search over a real database: alone, four at once, and four at once while photographs are enrolled in bulk. */
export async function measureConcurrent({ quick }: PartOptions): Promise<void> {
  const rows = quick ? 5000 : 100_000
  const set = new FaceSet({ kind: 'isotropic', rows, dimension: 512, seed: 1 })
  console.log(`\n## Over PostgreSQL: ${rows} x 512, one photograph per subject, templates sealed; ${SEARCHERS} at once`)
  console.log(
    'In this process: the search with its reading of templates, and rows being written by the same program. Making templates of images, and HTTP, are not in it.',
  )
  const store = await openTestStore()
  const folder = await mkdtemp(join(tmpdir(), 'countenance-bench-'))
  try {
    const blob = await openSource(store)
    const filling = await spend(() => fillStore(store, set, blob, 0, rows))
    const search = openGallerySearch(store, modelOf(set.spec), { folder })
    const building = await spend(() => search.size())
    console.log(
      `Filled in ${(filling.wall / 1000).toFixed(1)} s; the index built from the database in ${(building.wall / 1000).toFixed(1)} s.`,
    )
    await measureLoads({ store, set, blob, search }, quick ? 5 : 40)
    await search.close()
  } finally {
    await store.close()
    await rm(folder, { recursive: true, force: true })
  }
}

interface Bench {
  readonly store: Store
  readonly set: FaceSet
  readonly blob: string
  readonly search: GallerySearch
}

async function measureLoads(bench: Bench, searches: number): Promise<void> {
  await searchLoop(bench, 0, 5)
  const alone = await searchLoop(bench, 0, searches)
  const together = await searchAtOnce(bench, searches)
  let enrolling = true
  const enrolment = enrol(bench, () => enrolling)
  const start = performance.now()
  const beside = await searchAtOnce(bench, searches)
  const seconds = (performance.now() - start) / 1000
  enrolling = false
  const enrolled = await enrolment
  const line = (what: string, times: readonly number[]) => [
    what,
    String(times.length),
    ...[median(times), quantile(times, 0.99), Math.max(...times)].map(milliseconds),
  ]
  printTable(
    ['load', 'searches', 'p50 ms', 'p99 ms', 'longest ms'],
    [
      line('one searcher', alone),
      line(`${SEARCHERS} searchers`, together),
      line(`${SEARCHERS} searchers, ${Math.round(enrolled / seconds)} enrolled a second`, beside),
    ],
  )
}

async function searchAtOnce(bench: Bench, searches: number): Promise<readonly number[]> {
  const loops = Array.from({ length: SEARCHERS }, (_, searcher) => searchLoop(bench, searcher, searches))
  return (await Promise.all(loops)).flat()
}

/** @returns milliseconds of each search, waiting for its turn included */
async function searchLoop({ set, search }: Bench, searcher: number, searches: number): Promise<number[]> {
  const times: number[] = []
  const options = { model: modelOf(set.spec), limit: 50, threshold: -1, filter: NO_FILTER }
  for (let at = 0; at < searches; at += 1) {
    const { vector } = set.probe(at % 2 === 0 ? 'mated' : 'hard', searcher * searches + at)
    times.push((await spend(() => search.search(vector, options))).wall)
  }
  return times
}

/** Enrols without pause. @returns how many photographs */
async function enrol({ store, set, blob }: Bench, goOn: () => boolean): Promise<number> {
  let enrolled = 0
  while (goOn()) {
    const first = set.spec.rows + enrolled
    await fillStore(store, set, blob, first, first + ENROLLED_AT_ONCE)
    enrolled += ENROLLED_AT_ONCE
  }
  return enrolled
}
