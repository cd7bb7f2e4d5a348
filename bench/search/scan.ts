import { rowLayout } from '../../src/gallery/scan/row-record.ts'
import { startFlatPeer } from './flat-peer.ts'
import { type DiskGallery, galleryOnDisk } from './gallery-on-disk.ts'
import { megabytes, printTable, ratioText, SPENT_HEADS, type Spent, spentCells } from './measure.ts'
import type { PartOptions } from './part.ts'
import { startProgram } from './round-process.ts'
import type { SearcherOptions, SearcherReady, SearchRound } from './searcher.ts'

const SIZES = [
  [100_000, 512],
  [1_000_000, 512],
  [1_600_000, 512],
  [1_600_000, 704],
] as const
const QUICK_SIZES = [
  [20_000, 512],
  [20_000, 704],
] as const
const ROUNDS = 5
const WARM_ROUNDS = 2

/** Searches on one thread beside the flat search over floats, in turns, and the bandwidth of the memory. */
export async function measureScan({ quick, folder }: PartOptions): Promise<void> {
  console.log(
    `\n## Scan: one thread, 50 subjects, no threshold; ${ROUNDS} rounds in turns of search, scan alone and peer`,
  )
  console.log(
    'CPU ms of the whole process. The vectors that a search scores exactly lie in memory: reading them from the database is in the part `concurrent`.',
  )
  const rows: (readonly string[])[] = []
  const memory: (readonly string[])[] = []
  for (const [count, dimension] of quick ? QUICK_SIZES : SIZES) {
    const gallery = await galleryOnDisk(folder, { kind: 'isotropic', rows: count, dimension, seed: 1 })
    const measured = await measureOne(gallery)
    rows.push(...measured.rows)
    memory.push(measured.memory)
  }
  printTable(['gallery', 'what', ...SPENT_HEADS, 'ratio to the peer (CPU)', 'GB/s', 'of the bandwidth'], rows)
  const heads = ['gallery', 'bytes a row', 'RSS MB after the first search', 'before opening', 'rows a GB of RSS']
  printTable([...heads, 'bandwidth GB/s (WebAssembly)', 'in the peer'], memory)
}

async function measureOne(gallery: DiskGallery) {
  const options: SearcherOptions = { gallery, threads: 0 }
  const own = await startProgram<SearcherReady>(new URL('searcher.ts', import.meta.url), options)
  const peer = await startFlatPeer(gallery)
  const rounds: SearchRound[] = []
  const peerSpent: Spent[] = []
  const gbs: number[] = []
  const peerGbs: number[] = []
  // What runs for the first time is still being compiled.
  for (let round = 0; round < WARM_ROUNDS; round += 1) await own.ask({ do: 'search' })
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.push(await own.ask<SearchRound>({ do: 'search' }))
    if (peer !== null) peerSpent.push(...(await peer.ask<readonly Spent[]>({ do: 'search' })))
    gbs.push((await own.ask<{ readonly gbs: number }>({ do: 'bandwidth' })).gbs)
    if (peer !== null) peerGbs.push((await peer.ask<{ readonly gbs: number }>({ do: 'bandwidth' })).gbs)
  }
  await own.close()
  await peer?.close()
  const bandwidth = Math.max(...gbs, ...peerGbs)
  const { rows, dimension } = gallery.spec
  const title = `${rows} x ${dimension}`
  const { rowBytes } = rowLayout(dimension)
  const line = (what: string, spent: readonly Spent[], bytes: number) =>
    spent.length === 0 ? [] : [[title, what, ...spentCells(spent), ...shares(spent, peerSpent, bytes, bandwidth)]]
  const { rss, rssBefore } = own.ready
  const perGigabyte = Math.floor((1e9 / (rss - rssBefore)) * rows)
  return {
    rows: [
      ...line(
        'search, certified',
        rounds.flatMap(({ certified }) => certified),
        rows * rowBytes,
      ),
      ...line(
        'scan alone',
        rounds.flatMap(({ bare }) => bare),
        rows * rowBytes,
      ),
      ...line(peer?.ready.name ?? '', peerSpent, rows * dimension * 4),
    ],
    memory: [
      ...[title, String(rowBytes), megabytes(rss), megabytes(rssBefore), String(perGigabyte)],
      ...[Math.max(...gbs).toFixed(1), peer === null ? '-' : Math.max(...peerGbs).toFixed(1)],
    ],
  }
}

/** Ratio to the peer, and what the least time reads a second, of what the machine can. */
function shares(spent: readonly Spent[], peer: readonly Spent[], bytes: number, bandwidth: number): readonly string[] {
  const speed = bytes / Math.min(...spent.map(({ wall }) => wall)) / 1e6
  const ratio = peer.length === 0 ? '-' : ratioText(spent, peer)
  return [ratio, speed.toFixed(1), (speed / bandwidth).toFixed(2)]
}
