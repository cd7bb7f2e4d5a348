/**
 * What the log's tree costs: entries a second into tiles, the size and the time of proofs read from nothing but tiles,
 * and how fast a whole directory of tiles is checked. Everything is in memory: no disk is measured.
 * Run: `npx node bench/tlog.ts [entries of the large tree, by default 10,000,000]`.
 */
import { cpus } from 'node:os'
import {
  addSignatures,
  checkpointText,
  checkTiles,
  cosigner,
  emptyRoot,
  encodeTlogProof,
  growTree,
  leafHash,
  noteSigner,
  TileTree,
  type TreeState,
  verifyConsistency,
  verifyInclusion,
} from '../src/audit/tlog/index.ts'
import { toStamp } from '../src/base/index.ts'

const LARGE = Number(process.argv[2] ?? 10_000_000)
const CHECKED = 100_000
const BATCH = 65_536
const PROOFS = 500
const ORIGIN = 'bench.example/log'

const entryAt = (index: number) => Buffer.from(`{"act":"bench.entry","facts":{},"seq":${index},"v":1}`.padEnd(300))

/** A log of tiles in memory; of the bundles only those that are asked for. */
async function grow(size: number, keepBundles: boolean) {
  const files = new Map<string, Uint8Array>()
  const read = async (path: string) => files.get(path) ?? null
  let state: TreeState = { size: 0, root: emptyRoot() }
  while (state.size < size) {
    const { size: start } = state
    const entries = Array.from({ length: Math.min(BATCH, size - start) }, (_, place) => entryAt(start + place))
    const grown = await growTree(read, state, entries)
    for (const file of grown.files) {
      if (keepBundles || !file.path.startsWith('tile/entries/')) files.set(file.path, file.bytes)
    }
    state = { size: grown.size, root: grown.root }
  }
  return { files, read, state }
}

function spread(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => Number((sorted[Math.floor(share * (sorted.length - 1))] as number).toPrecision(4))
  return `median ${at(0.5)}, p99 ${at(0.99)}`
}

async function timed<T>(times: number[], work: () => T | Promise<T>): Promise<T> {
  const start = performance.now()
  const result = await work()
  times.push(performance.now() - start)
  return result
}

async function measureProofs({ read, state }: Awaited<ReturnType<typeof grow>>): Promise<void> {
  const text = checkpointText({ origin: ORIGIN, ...state })
  const witness = cosigner('witness.example/w1', Buffer.alloc(32, 2))
  const checkpoint = addSignatures(noteSigner(ORIGIN, Buffer.alloc(32, 1)).sign(text), [witness.cosign(text, 1)])
  const tree = new TileTree(read, state.size)
  const [prove, check, extend, compare, bytes]: [number[], number[], number[], number[], number[]] = [
    [],
    [],
    [],
    [],
    [],
  ]
  for (let round = 0; round < PROOFS; round += 1) {
    const index = Math.floor((round * (state.size - 1)) / PROOFS)
    const path = await timed(prove, () => tree.inclusionProof(index))
    const leaf = { index, hash: leafHash(entryAt(index)) }
    if (!(await timed(check, () => verifyInclusion(leaf, state, path)))) throw new Error(`entry ${index} is not proved`)
    bytes.push(Buffer.byteLength(encodeTlogProof({ index, path, checkpoint })))
    const older = { size: index + 1, root: await tree.root(index + 1) }
    const proof = await timed(extend, () => tree.consistencyProof(older.size))
    if (!(await timed(compare, () => verifyConsistency(older, state, proof)))) throw new Error('growth is not proved')
  }
  console.log(`proofs in a tree of ${state.size} entries, ${PROOFS} places:`)
  console.log(`  file with one cosignature, bytes: ${spread(bytes)}`)
  console.log(`  inclusion, ms: made from tiles ${spread(prove)}; verified ${spread(check)}`)
  console.log(`  consistency, ms: made from tiles ${spread(extend)}; verified ${spread(compare)}`)
}

console.log(`${toStamp(new Date())} · ${cpus().length} x ${cpus()[0]?.model} · Node ${process.version}`)
const checked = await grow(CHECKED, true)
const megabytes = [...checked.files.values()].reduce((sum, file) => sum + file.length, 0) / 1e6
const checkTimes: number[] = []
const report = await timed(checkTimes, () => checkTiles(checked.read, checked.state))
if (!report.ok) throw new Error(report.fault)
const checkSeconds = (checkTimes[0] as number) / 1000
console.log(
  `directory of ${CHECKED} entries, ${megabytes.toFixed(1)} MB, checked: ` +
    `${Math.round(CHECKED / checkSeconds)} entries/s, ${(megabytes / checkSeconds).toFixed(1)} MB/s`,
)
const growTimes: number[] = []
const large = await timed(growTimes, () => grow(LARGE, false))
console.log(`entries/s into tiles, batches of ${BATCH}: ${Math.round((LARGE * 1000) / (growTimes[0] as number))}`)
await measureProofs(large)
