import type { ClusterIndex } from '../../src/gallery/cluster/cluster-index.ts'
import { modelOf, openOn } from '../../test/cluster/cluster-rows.ts'
import type { RunningCluster } from '../../test/cluster/running-cluster.ts'
import { FaceSet } from '../search/generate.ts'
import { type Spent, spend } from '../search/measure.ts'
import { ASK } from './ask.ts'
import { childProcessorMs } from './child-processor.ts'

/** Numbers of a template in the measured galleries. */
export const CLUSTER_DIMENSION = 512

const PAGE_ROWS = 5_000
const FACTS = { source: 1, bookedAt: '2020-01-01', birthYear: null, sex: 'U', sealed: false } as const

/** A gallery on the cluster, and what searches of it took: processor time of all servers, and what passed. */
export interface MeasuredGallery {
  readonly rows: number
  readonly index: ClusterIndex
  readonly set: FaceSet
  readonly spent: Spent[]
}

/** Generates a gallery and brings it onto the cluster, in tables of its own. */
export async function fillGallery(cluster: RunningCluster, rows: number): Promise<MeasuredGallery> {
  const index = await openOn(cluster, modelOf(`scale-${rows}`, CLUSTER_DIMENSION))
  const set = new FaceSet({ kind: 'isotropic', rows, dimension: CLUSTER_DIMENSION, seed: 1 })
  for (let first = 0; first < rows; first += PAGE_ROWS) {
    const page = Array.from({ length: Math.min(PAGE_ROWS, rows - first) }, (_, at) => first + at)
    await index.apply(
      page.map((row) => ({ kind: 'added', seq: row + 1, facts: FACTS, vector: set.template(row) }) as const),
    )
  }
  return { rows, index, set, spent: [] }
}

/** Searches every gallery in turns, so that what else runs on the machine slows each of them as often. */
export async function searchInTurns(galleries: readonly MeasuredGallery[], rounds: number): Promise<void> {
  for (const { index, set } of galleries) await index.scan([set.probe('mated', 0).vector], ASK)
  for (let round = 0; round < rounds; round += 1) {
    for (const gallery of galleries) gallery.spent.push(await searchOnce(gallery, round))
  }
}

/** @throws Error when a row of the gallery was not searched */
async function searchOnce({ rows, index, set }: MeasuredGallery, round: number): Promise<Spent> {
  const probe = set.probe('mated', round).vector
  const before = childProcessorMs()
  const { wall } = await spend(async () => {
    const [answer] = await index.scan([probe], ASK)
    if (answer?.searched !== rows) throw new Error(`${answer?.searched} of ${rows} rows were searched.`)
  })
  return { cpu: childProcessorMs() - before, wall }
}
