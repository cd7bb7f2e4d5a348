import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { loadPeer, type PeerData, type PeerEngine } from './peer-engine.ts'

interface Found {
  readonly keys: BigUint64Array
}

interface UsearchIndex {
  add(keys: BigUint64Array, vectors: Float32Array, threads: number): void
  search(probe: Float32Array, count: number, threads: number): Found
  save(file: string): void
  load(file: string): void
}

interface UsearchModule {
  readonly Index: new (config: object) => UsearchIndex
  exactSearch(
    all: Float32Array,
    probe: Float32Array,
    dimension: number,
    count: number,
    metric: 'ip',
    threads: number,
  ): Found
}

const PAGE = 5000

/**
 * usearch on one thread. Its `exactSearch` reads a typed array from the start of its buffer, wherever the view begins,
 * so it gets whole arrays only.
 */
export async function openUsearchExact({ vectors, dimension }: PeerData): Promise<PeerEngine> {
  const { exactSearch } = loadPeer<UsearchModule>('usearch')
  return {
    search: async (probe, count) => rowsOf(exactSearch(vectors, probe.slice(), dimension, count, 'ip', 1)),
    close: async () => {},
  }
}

/**
 * The graph is built once, on all cores, and lies beside the gallery for the next width.
 * @param width how many candidates the walk through the graph keeps (`expansion_search`)
 */
export async function openUsearchGraph(data: PeerData, width: number): Promise<PeerEngine> {
  const { Index } = loadPeer<UsearchModule>('usearch')
  const index = new Index({
    ...{ dimensions: data.dimension, metric: 'ip', quantization: 'f32', multi: false },
    ...{ connectivity: 16, expansion_add: 128, expansion_search: width },
  })
  const file = join(data.galleryFolder, 'usearch')
  if (existsSync(file)) index.load(file)
  else {
    addAll(index, data)
    index.save(file)
  }
  return { search: async (probe, count) => rowsOf(index.search(probe.slice(), count, 1)), close: async () => {} }
}

function addAll(index: UsearchIndex, { vectors, dimension, rows }: PeerData): void {
  for (let first = 0; first < rows; first += PAGE) {
    const end = Math.min(rows, first + PAGE)
    const keys = BigUint64Array.from({ length: end - first }, (_, at) => BigInt(first + at))
    index.add(keys, vectors.slice(first * dimension, end * dimension), 0)
  }
}

function rowsOf({ keys }: Found): readonly number[] {
  return Array.from(keys, Number)
}
