/** A program of bench/search.ts: one peer with a generated gallery in it, alone in its process. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type DiskGallery, timedProbes } from '../search/gallery-on-disk.ts'
import { FaceSet, type ProbeKind } from '../search/generate.ts'
import { type Spent, spend } from '../search/measure.ts'
import { answerRounds } from '../search/round-process.ts'
import { readVectors } from './peer-engine.ts'
import { PEERS } from './peers.ts'

export interface PeerOptions {
  readonly gallery: DiskGallery
  /** In `PEERS`. */
  readonly name: string
}

export interface PeerReady {
  readonly load: Spent
  readonly rss: number
}

export type PeerOrder =
  /** The time of some searches. */
  | { readonly do: 'search'; readonly probes: number }
  /** The best 50 rows of one probe. */
  | { readonly do: 'list'; readonly kind: ProbeKind; readonly number: number }

const { gallery, name } = JSON.parse(process.argv[2] ?? '{}') as PeerOptions
const { rows, dimension } = gallery.spec
const peer = PEERS[name]
if (peer === undefined) throw new Error(`There is no peer ${name}.`)
const set = new FaceSet(gallery.spec)
const folder = await mkdtemp(join(tmpdir(), 'countenance-peer-'))
const galleryFolder = dirname(gallery.floats)
const data = { rows, dimension, folder, galleryFolder, vectors: readVectors(gallery.floats, rows * dimension) }
const start = process.cpuUsage()
const began = performance.now()
const engine = await peer.open(data)
const { user, system } = process.cpuUsage(start)
const load: Spent = { cpu: (user + system) / 1000, wall: performance.now() - began }
await engine.search(set.probe('mated', 0).vector, 50)

const ready: PeerReady = { load, rss: process.memoryUsage().rss }
await answerRounds<PeerOrder>(ready, async (order) => {
  if (order.do === 'list') return await engine.search(set.probe(order.kind, order.number).vector, 50)
  const spent: Spent[] = []
  for (const { vector } of timedProbes(set, order.probes)) spent.push(await spend(() => engine.search(vector, 50)))
  return spent
})
await engine.close()
await rm(folder, { recursive: true, force: true })
