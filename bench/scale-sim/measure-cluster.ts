import type { RunningCluster } from '../../test/cluster/running-cluster.ts'
import { startCluster } from '../../test/cluster/running-cluster.ts'
import { median, type Spent } from '../search/measure.ts'
import { ASK } from './ask.ts'
import { CLUSTER_DIMENSION, fillGallery, type MeasuredGallery, searchInTurns } from './cluster-samples.ts'
import { compareCluster, processorLine, type SharedMachine, type ThreeSizes } from './compare-cluster.ts'
import type { Comparison, Measured } from './measured.ts'
import { spreadOf } from './spread-of.ts'

const SIZES = [50_000, 100_000, 200_000] as const
const REPEATS = 3
const ROUNDS = 9

/** Searches the real cluster of two shards and two replicas, whole and in part. @param cores of this machine */
export async function measureCluster(
  cores: number,
): Promise<Pick<Measured, 'clickhouse' | 'comparisons' | 'shardEnded'>> {
  const machine = { shards: 2, replicas: 2, cores: cores / 2 }
  const cluster = await startCluster(machine.shards, machine.replicas)
  try {
    const galleries: MeasuredGallery[] = []
    for (const rows of SIZES) galleries.push(await fillGallery(cluster, rows))
    await searchInTurns(galleries, REPEATS * ROUNDS)
    const sizes = threeSizes(galleries, () => true)
    const { slope, intercept } = processorLine(sizes)
    const spread = spreadOf(sizes.foretold.spent.map(({ wall }) => wall))
    const clickhouse = { dimension: CLUSTER_DIMENSION, rowMicroseconds: slope * 1000, overheadMs: intercept, spread }
    const last = galleries.at(-1) as MeasuredGallery
    const failures = await compareFailures(cluster, last)
    const comparisons = [...compareRepeats(galleries, sizes, machine), ...failures]
    return { clickhouse, comparisons, shardEnded: await searchWithoutShard(cluster, last) }
  } finally {
    await cluster.stop()
  }
}

/** The whole run, then each third of it. */
function compareRepeats(galleries: readonly MeasuredGallery[], whole: ThreeSizes, machine: SharedMachine) {
  const parts = Array.from({ length: REPEATS }, (_, part) =>
    named(
      `part ${part + 1} of ${REPEATS}`,
      compareCluster(
        threeSizes(galleries, (round) => Math.floor(round / ROUNDS) === part),
        machine,
      ),
    ),
  )
  return [...named('whole run', compareCluster(whole, machine)), ...parts.flat()]
}

function named(which: string, comparisons: readonly Comparison[]): readonly Comparison[] {
  return comparisons.map((one) => ({ ...one, what: `${one.what}, ${SIZES[2]} rows, ${which}` }))
}

function threeSizes(galleries: readonly MeasuredGallery[], chosen: (round: number) => boolean): ThreeSizes {
  const [small, large, foretold] = galleries.map(({ rows, spent }) => ({
    rows,
    spent: spent.filter((_, round) => chosen(round)),
  }))
  if (small === undefined || large === undefined || foretold === undefined) throw new Error('Three sizes are needed.')
  return { small, large, foretold }
}

/** One replica of each shard ended, between two times with all of them: the model foresees no change. */
async function compareFailures(cluster: RunningCluster, gallery: MeasuredGallery): Promise<readonly Comparison[]> {
  const firsts = cluster.shards.flatMap(([first]) => first ?? [])
  const before = await searches(gallery)
  await Promise.all(firsts.map((node) => node.kill()))
  await cluster.coordinator.start()
  const without = await searches(gallery)
  await Promise.all(firsts.map((node) => node.start()))
  await cluster.coordinator.start()
  const all = [...before, ...(await searches(gallery))]
  const compare = (what: string, of: keyof Spent) => ({
    what: `${what}, ${gallery.rows} rows, one replica of each shard ended (predicted: as with all)`,
    predicted: median(all.map((one) => one[of])),
    measured: median(without.map((one) => one[of])),
  })
  return [compare('processor time', 'cpu'), compare('p50', 'wall')]
}

async function searches(gallery: MeasuredGallery): Promise<readonly Spent[]> {
  const own = { ...gallery, spent: [] }
  await searchInTurns([own], ROUNDS)
  return own.spent
}

/** The model foresees coverage 0. @returns the refusal @throws Error when there was a list */
async function searchWithoutShard(cluster: RunningCluster, { index, set }: MeasuredGallery): Promise<string> {
  await Promise.all((cluster.shards.at(-1) ?? []).map((node) => node.kill()))
  await cluster.coordinator.start()
  const outcome = await index.scan([set.probe('mated', 0).vector], ASK).then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  )
  if (outcome === null) throw new Error('A search was answered although a shard was ended.')
  // What the product says, without the engine's own words behind it.
  return (outcome.split(' Code:')[0] ?? outcome).replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:...')
}
