import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCertifiedSearch } from '../../src/gallery/certified-search.ts'
import type { ClusterIndex } from '../../src/gallery/cluster/cluster-index.ts'
import { EmbeddedIndex } from '../../src/gallery/embedded-index.ts'
import { followSource } from '../../src/gallery/follow-source.ts'
import { type GalleryFilter, NO_FILTER } from '../../src/gallery/gallery-filter.ts'
import type { GallerySearch } from '../../src/gallery/gallery-search.ts'
import { MemorySource, SOME_FACTS } from '../../src/gallery/memory-gallery.fixture.ts'
import { modelOf, openOn, randomFrom, unitVector } from './cluster-rows.ts'
import { whyNoCluster } from './engine-command.ts'
import { type RunningCluster, startCluster } from './running-cluster.ts'

const reason = whyNoCluster()
if (reason !== null) console.log(`Skipped: ${reason}`)

const DIMENSION = 704
const model = modelOf('same', DIMENSION)
const random = randomFrom(5)

/** Three photographs a person on average, so that people, not photographs, make the list. */
function fill(source: MemorySource, count: number): void {
  for (let at = 0; at < count; at += 1) {
    const facts = {
      ...SOME_FACTS,
      ...{ source: 1 + (at % 3), bookedAt: `20${10 + (at % 15)}-06-15`, sealed: at % 40 === 0 },
      ...{ sex: (['F', 'M', 'U', 'X'] as const)[at % 4] ?? 'U', birthYear: at % 7 === 0 ? null : 1950 + (at % 50) },
    }
    source.add(
      `tpl_${String((at * 7919) % count).padStart(6, '0')}`,
      `sub_${at % 700}`,
      unitVector(random, DIMENSION),
      facts,
    )
  }
}

describe.skipIf(reason !== null)('the same gallery embedded and on a cluster', () => {
  const source = new MemorySource(1000)
  let cluster: RunningCluster
  let onCluster: ClusterIndex
  let searches: readonly GallerySearch[]

  beforeAll(async () => {
    fill(source, 2_000)
    cluster = await startCluster(2, 2)
    onCluster = await openOn(cluster, model)
    const embedded = new EmbeddedIndex({ dimension: DIMENSION, threads: 0, openFiles: null })
    searches = [embedded, onCluster].map((index) => openCertifiedSearch(source, followSource(source, index), model))
    for (const search of searches) await search.size()
  })
  afterAll(async () => await cluster?.stop())

  const FILTERS: readonly Partial<GalleryFilter>[] = [
    {},
    { sources: ['src_2'] },
    { bookedFrom: '2015-01-01', bookedTo: '2020-12-31', sexes: ['F'] },
    { bornFrom: 1970, bornTo: 1980 },
    { sources: [] },
  ]
  it.each(FILTERS)('narrowed to %j gives the same people, scores, others and counts, bit for bit', async (part) => {
    const filter = { ...NO_FILTER, ...part }
    for (const threshold of [-1, 0.05]) {
      const queries = [
        source.rows[77]?.vector as Float32Array,
        unitVector(random, DIMENSION),
        unitVector(random, DIMENSION),
      ]
      const found = await Promise.all(
        searches.map((search) => search.searchMany(queries, { model, limit: 50, threshold, filter })),
      )
      const compared = found.map((results) =>
        results.map(({ candidates, searched, enrolled, certified }) => ({ candidates, searched, enrolled, certified })),
      )
      expect(compared[1]).toEqual(compared[0])
      expect(compared[0]?.[0]?.enrolled).toBe(2_000)
    }
  })

  it('stays the same when photographs come and go', async () => {
    source.remove(78)
    source.setFacts(100, { ...SOME_FACTS, sealed: true })
    source.add('tpl_new', 'sub_new', unitVector(random, DIMENSION))
    const query = source.rows[500]?.vector as Float32Array
    const options = { model, limit: 20, threshold: -1, filter: NO_FILTER }
    const [embedded, clustered] = await Promise.all(searches.map((search) => search.search(query, options)))
    expect(clustered?.candidates).toEqual(embedded?.candidates)
    expect(clustered).toMatchObject({ searched: embedded?.searched, enrolled: 2_000 })
  })
})
