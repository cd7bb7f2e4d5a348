import asc from 'assemblyscript/asc'

const BYTES = 512 * 2 ** 20
const PAGE = 65_536
const RUNS = 9

/** AssemblyScript: reads memory from its first byte on and does nothing else worth mentioning. */
const SOURCE = `export function read(bytes: usize): i64 {
  let a = i64x2.splat(0), b = a, c = a, d = a
  for (let at: usize = 0; at < bytes; at += 128) {
    a = i64x2.add(a, v128.xor(v128.load(at), v128.load(at, 16)))
    b = i64x2.add(b, v128.xor(v128.load(at, 32), v128.load(at, 48)))
    c = i64x2.add(c, v128.xor(v128.load(at, 64), v128.load(at, 80)))
    d = i64x2.add(d, v128.xor(v128.load(at, 96), v128.load(at, 112)))
  }
  const sum = i64x2.add(i64x2.add(a, b), i64x2.add(c, d))
  return i64x2.extract_lane(sum, 0) + i64x2.extract_lane(sum, 1)
}`

let reader: ((bytes: number) => bigint) | undefined

/** GB (1e9 bytes) a second that one thread of this process reads in order from 512 MiB: the best of several runs. */
export async function readBandwidth(): Promise<number> {
  reader ??= await openReader()
  let least = Number.POSITIVE_INFINITY
  for (let run = 0; run < RUNS; run += 1) {
    const start = performance.now()
    reader(BYTES)
    least = Math.min(least, performance.now() - start)
  }
  return BYTES / least / 1e6
}

async function openReader(): Promise<(bytes: number) => bigint> {
  const memory = new WebAssembly.Memory({ initial: BYTES / PAGE, maximum: BYTES / PAGE, shared: true })
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(await compile()), { env: { memory } })
  new Uint8Array(memory.buffer).fill(3)
  return exports.read as (bytes: number) => bigint
}

async function compile(): Promise<Uint8Array<ArrayBuffer>> {
  let bytes: Uint8Array<ArrayBuffer> | undefined
  const pages = String(BYTES / PAGE)
  const words = ['read.ts', '--runtime', 'stub', '--enable', 'simd,threads', '-O3', '--noAssert', '--importMemory']
  const memory = ['--sharedMemory', '--initialMemory', pages, '--maximumMemory', pages]
  const { error } = await asc.main([...words, ...memory, '--outFile', 'read.wasm'], {
    readFile: (name) => (name === 'read.ts' ? SOURCE : null),
    writeFile: (_, contents) => {
      bytes = new Uint8Array(Buffer.from(contents))
    },
    listFiles: () => [],
  })
  if (error !== null || bytes === undefined) throw new Error('The reader does not compile.', { cause: error })
  return bytes
}
