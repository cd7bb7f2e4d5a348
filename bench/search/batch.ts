import { galleryOnDisk } from './gallery-on-disk.ts'
import { median, milliseconds, printTable, type Spent } from './measure.ts'
import type { PartOptions } from './part.ts'
import { startProgram } from './round-process.ts'
import type { BatchRound, SearcherOptions, SearcherReady } from './searcher.ts'

const PROBES = [1, 4, 16, 64]
const ROUNDS = 3

/** Many probes in one pass over the gallery, beside one by one. */
export async function measureBatch({ quick, folder }: PartOptions): Promise<void> {
  const sizes = quick ? [40_000] : [100_000, 1_000_000]
  console.log(`\n## Batch: many probes in one pass; per probe, median of ${ROUNDS} rounds`)
  const lines: (readonly string[])[] = []
  for (const rows of sizes) {
    const gallery = await galleryOnDisk(folder, { kind: 'isotropic', rows, dimension: 512, seed: 1 })
    for (const threads of [0, 1, 2]) lines.push(...(await measureThreads({ gallery, threads })))
  }
  const heads = ['gallery', 'threads beside the main one', 'probes', 'search CPU ms', 'search wall ms', 'times faster']
  printTable([...heads, 'scan CPU ms', 'scan wall ms', 'scan times faster'], lines)
  console.log('Times faster: wall time per probe of one probe alone, by that of the batch; the same threads.')
}

async function measureThreads(options: SearcherOptions): Promise<readonly (readonly string[])[]> {
  const searcher = await startProgram<SearcherReady>(new URL('searcher.ts', import.meta.url), options)
  const rounds = new Map<number, BatchRound[]>(PROBES.map((probes) => [probes, []]))
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const probes of PROBES) {
      const answer = await searcher.ask<BatchRound>({ do: 'batch', probes })
      // The first round compiles.
      if (round > 0) rounds.get(probes)?.push(answer)
    }
  }
  await searcher.close()
  const { rows, dimension } = options.gallery.spec
  const alone = rounds.get(1) ?? []
  return PROBES.map((probes) => {
    const own = rounds.get(probes) ?? []
    const title = [`${rows} x ${dimension}`, String(options.threads), String(probes)]
    return [...title, ...batchCells('certified', own, alone, probes), ...batchCells('bare', own, alone, probes)]
  })
}

function batchCells(what: keyof BatchRound, rounds: readonly BatchRound[], alone: readonly BatchRound[], by: number) {
  const each = (measure: keyof Spent, some: readonly BatchRound[]) => median(some.map((round) => round[what][measure]))
  const wall = each('wall', rounds) / by
  return [milliseconds(each('cpu', rounds) / by), milliseconds(wall), (each('wall', alone) / wall).toFixed(1)]
}
