import { openCertifiedSearch } from '../../src/gallery/certified-search.ts'
import { EmbeddedIndex } from '../../src/gallery/embedded-index.ts'
import { followSource } from '../../src/gallery/follow-source.ts'
import { NO_FILTER } from '../../src/gallery/gallery-filter.ts'
import type { GallerySearchResult } from '../../src/gallery/gallery-search.ts'
import { BruteForce, type RankedRow, recallOf } from './brute-force.ts'
import { modelOf } from './gallery-on-disk.ts'
import { FaceSet, type FaceSetSpec, type Probe, type ProbeKind } from './generate.ts'
import { GeneratedSource } from './generated-source.ts'
import { median, printTable, shareText } from './measure.ts'
import type { PartOptions } from './part.ts'

const PROBE_KINDS: readonly ProbeKind[] = ['mated', 'non-mated', 'hard', 'hard .30-.45']
const LIMIT = 50

interface Trial {
  readonly probe: Probe
  readonly truth: readonly RankedRow[]
  readonly result: GallerySearchResult
  /** Scans it took: more than one when the number of rows asked for was doubled. */
  readonly scans: number
}

/** Lists against brute force, and whether a poor photograph loses its mate. */
export async function measureExactness({ quick }: PartOptions): Promise<void> {
  const rows = quick ? 20_000 : 100_000
  const probes = quick ? 20 : 120
  console.log(`\n## Exactness: ${rows} x 512, ${probes} probes of each kind, 50 subjects, no threshold`)
  console.log(
    'Truth: every template in float64. A mate counts when the exact list names its subject. `cosine`: of the probe and the enrolled template it was made of, mean and range.',
  )
  const lines: (readonly string[])[] = []
  for (const kind of ['isotropic', 'low-dimensional'] as const) {
    const spec: FaceSetSpec = { kind, rows, dimension: 512, seed: 1 }
    const trials = await runTrials(spec, probes)
    for (const probeKind of PROBE_KINDS) {
      const own = trials.filter(({ probe }) => probe.kind === probeKind)
      lines.push([kind, probeKind, ...trialCells(new FaceSet(spec), own)])
    }
  }
  const heads = ['set', 'probes', 'cosine', 'recall@50', 'same list, order and scores', 'certified', 'rows doubled']
  printTable([...heads, 'scored exactly (median)', 'mates kept'], lines)
}

async function runTrials(spec: FaceSetSpec, count: number): Promise<readonly Trial[]> {
  const set = new FaceSet(spec)
  const truth = new BruteForce(set)
  const index = new EmbeddedIndex({ dimension: spec.dimension, threads: 0, openFiles: null })
  const followed = followSource(new GeneratedSource(set), index)
  let scans = 0
  const counted: typeof followed = {
    ...followed,
    scan: (queries, ask) => {
      scans += 1
      return followed.scan(queries, ask)
    },
  }
  const search = openCertifiedSearch(new GeneratedSource(set), counted, modelOf(spec))
  const trials: Trial[] = []
  for (const probe of PROBE_KINDS.flatMap((kind) => Array.from({ length: count }, (_, at) => set.probe(kind, at)))) {
    scans = 0
    const options = { model: modelOf(spec), limit: LIMIT, threshold: -1, filter: NO_FILTER }
    const result = await search.search(probe.vector, options)
    trials.push({ probe, truth: truth.topIdentities(probe, LIMIT), result, scans })
  }
  await search.close()
  return trials
}

function trialCells(set: FaceSet, trials: readonly Trial[]): readonly string[] {
  const count = (test: (trial: Trial) => boolean) => trials.filter(test).length
  const recall = trials.reduce((sum, { truth, result }) => sum + recallOf(rowsOf(result), truth.map(rowOf)), 0)
  const hasMate = (rows: readonly number[], { probe }: Trial) =>
    probe.mate !== null && rows.some((row) => set.identityOf[row] === set.identityOf[probe.mate ?? 0])
  const findable = trials.filter((trial) => hasMate(trial.truth.map(rowOf), trial))
  const kept = findable.filter((trial) => hasMate(rowsOf(trial.result), trial))
  return [
    cosineText(set, trials),
    (recall / trials.length).toFixed(4),
    shareText(count(isSame), trials.length),
    shareText(
      count(({ result }) => result.certified),
      trials.length,
    ),
    `${count(({ scans }) => scans > 1)} of ${trials.length}`,
    String(median(trials.map(({ result }) => result.k))),
    shareText(kept.length, findable.length),
  ]
}

function isSame({ truth, result }: Trial): boolean {
  const rows = rowsOf(result)
  return (
    rows.length === truth.length &&
    truth.every(({ row, score }, at) => rows[at] === row && result.candidates[at]?.score === score)
  )
}

function cosineText(set: FaceSet, trials: readonly Trial[]): string {
  const cosines = trials.flatMap(({ probe }) => {
    if (probe.mate === null) return []
    return [set.template(probe.mate).reduce((sum, value, at) => sum + value * (probe.vector[at] ?? 0), 0)]
  })
  if (cosines.length === 0) return '-'
  const mean = cosines.reduce((sum, cosine) => sum + cosine, 0) / cosines.length
  return `${mean.toFixed(2)} (${Math.min(...cosines).toFixed(2)}-${Math.max(...cosines).toFixed(2)})`
}

/** A candidate's row, from the name that the source gave its template. */
function rowsOf({ candidates }: GallerySearchResult): readonly number[] {
  return candidates.map(({ template }) => Number(template.slice(4)) - 1)
}

function rowOf({ row }: RankedRow): number {
  return row
}
