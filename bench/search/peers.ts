import { peerTrouble, peerVersion } from '../search-peers/peer-engine.ts'
import { PEERS, type Peer } from '../search-peers/peers.ts'
import type { PeerOptions, PeerOrder, PeerReady } from '../search-peers/run-peer.ts'
import { BruteForce, recallOf } from './brute-force.ts'
import { type DiskGallery, galleryOnDisk, TIMED_PROBES } from './gallery-on-disk.ts'
import { FaceSet, type FaceSetSpec, type Probe } from './generate.ts'
import { median, megabytes, milliseconds, printTable, ratioText, type Spent, shareText } from './measure.ts'
import type { PartOptions } from './part.ts'
import { type RoundProcess, startProgram } from './round-process.ts'
import type { SearcherReady, SearchRound } from './searcher.ts'

const ROUNDS = 3
const WARM_ROUNDS = 2
const TOP = 50

interface Truth {
  readonly probe: Probe
  readonly number: number
  readonly rows: readonly number[]
}

/** The engines of npm with the same templates, beside the certified search in the same rounds. */
export async function measurePeers({ quick, folder }: PartOptions): Promise<void> {
  console.log(
    `\n## Peers: the best ${TOP} rows, all in the process; ${ROUNDS} rounds in turns with the certified search`,
  )
  const lines: (readonly string[])[] = []
  for (const kind of ['isotropic', 'low-dimensional'] as const) {
    const some = Object.entries(PEERS).filter(([, peer]) => kind === 'isotropic' || peer.approximate)
    for (const rows of quick ? [2000] : [100_000, 50_000, 20_000, 5000]) {
      const own = some.filter(([, peer]) => quick || peer.mostRows === rows)
      if (own.length === 0) continue
      lines.push(...(await measureGallery(own, { kind, rows, dimension: 512, seed: 1 }, { quick, folder })))
    }
  }
  const heads = ['set', 'rows', 'peer', 'set to', 'CPU ms per 100,000', 'median wall ms', 'times the CPU of ours']
  printTable([...heads, 'recall@50', 'hard mates kept', 'loaded in s', 'RSS MB'], lines)
  console.log(
    'Hard: probes at cosines about .30 (.45 in the low-dimensional set) and .30-.45 to the enrolled template they were made of; only those whose mate is among the best 50 rows.',
  )
}

async function measureGallery(
  peers: readonly (readonly [string, Peer])[],
  spec: FaceSetSpec,
  { quick, folder }: PartOptions,
): Promise<readonly (readonly string[])[]> {
  const gallery = await galleryOnDisk(folder, spec)
  const truths = truthsOf(new FaceSet(spec), quick ? 5 : 20)
  const options = { gallery, threads: 0 }
  const ours = await startProgram<SearcherReady>(new URL('searcher.ts', import.meta.url), options)
  const lines: (readonly string[])[] = []
  for (const [name, peer] of peers) {
    const trouble = peerTrouble(peer.package)
    const title = [spec.kind, String(spec.rows), peer.package, peer.way]
    if (trouble !== null) lines.push([...title, `not installed: ${trouble}`, ...Array<string>(6).fill('-')])
    else lines.push([...title, ...(await measurePeer(name, gallery, truths, ours))])
  }
  await ours.close()
  return lines.map((line) => line.map((cell, at) => (at === 2 ? `${cell} ${versionOf(cell)}` : cell)))
}

/** Three times as many hard probes as others, since it is they who are lost. */
function truthsOf(set: FaceSet, count: number): readonly Truth[] {
  const brute = new BruteForce(set)
  const kinds = ['mated', 'non-mated', 'hard', 'hard', 'hard', 'hard .30-.45', 'hard .30-.45', 'hard .30-.45'] as const
  return kinds.flatMap((kind, group) =>
    Array.from({ length: count }, (_, at) => {
      const number = group * count + at
      const probe = set.probe(kind, number)
      return { probe, number, rows: brute.topRows(probe, TOP).map(({ row }) => row) }
    }),
  )
}

async function measurePeer(
  name: string,
  gallery: DiskGallery,
  truths: readonly Truth[],
  ours: RoundProcess<SearcherReady>,
): Promise<readonly string[]> {
  const options: PeerOptions = { gallery, name }
  const peer = await startProgram<PeerReady>(new URL('../search-peers/run-peer.ts', import.meta.url), options)
  const ask = <Answer>(order: PeerOrder) => peer.ask<Answer>(order)
  const own: Spent[] = []
  const spent: Spent[] = []
  // What runs for the first time is still being compiled.
  for (let round = 0; round < WARM_ROUNDS; round += 1) {
    await ours.ask({ do: 'search' })
    await ask({ do: 'search', probes: TIMED_PROBES })
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    own.push(...(await ours.ask<SearchRound>({ do: 'search' })).certified)
    spent.push(...(await ask<readonly Spent[]>({ do: 'search', probes: TIMED_PROBES })))
  }
  const lists: (readonly number[])[] = []
  for (const { probe, number } of truths) {
    lists.push(await ask<readonly number[]>({ do: 'list', kind: probe.kind, number }))
  }
  await peer.close()
  const scale = 100_000 / gallery.spec.rows
  return [
    milliseconds(median(spent.map(({ cpu }) => cpu)) * scale),
    milliseconds(median(spent.map(({ wall }) => wall))),
    ratioText(spent, own),
    ...listCells(truths, lists),
    (peer.ready.load.wall / 1000).toFixed(1),
    megabytes(peer.ready.rss),
  ]
}

function listCells(truths: readonly Truth[], lists: readonly (readonly number[])[]): readonly string[] {
  const recall = truths.reduce((sum, { rows }, at) => sum + recallOf(lists[at] ?? [], rows), 0)
  const findable = truths
    .map((truth, at) => ({ ...truth, list: lists[at] ?? [] }))
    .filter(({ probe, rows }) => probe.kind.startsWith('hard') && probe.mate !== null && rows.includes(probe.mate))
  const kept = findable.filter(({ probe, list }) => list.includes(probe.mate ?? -1))
  return [(recall / truths.length).toFixed(4), shareText(kept.length, findable.length)]
}

function versionOf(name: string): string {
  return peerTrouble(name) === null ? peerVersion(name) : ''
}
