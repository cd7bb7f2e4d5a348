// `npm run build:kernel`: compiles the scan kernels. With --check it compares instead, and says which bytes differ.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'

const KERNELS = [
  { source: 'scan.as.ts', file: 'kernel.wasm', features: 'simd,threads' },
  { source: 'scan-relaxed.as.ts', file: 'kernel-relaxed.wasm', features: 'simd,threads,relaxed-simd' },
]
const sources = fileURLToPath(new URL('../src/gallery/scan/kernel/', import.meta.url))

/** The bytes of one kernel, from source; nothing is written. */
async function compile({ source, file, features }) {
  const words = ['--runtime', 'stub', '--enable', features, '--importMemory', '--sharedMemory', '--initialMemory', '1']
  words.push('--maximumMemory', '65536', '--noAssert', '-O3', '--converge', '--outFile', file)
  let bytes
  const { error, stderr } = await asc.main([source, ...words], {
    readFile: (name) => readOr(join(sources, name)),
    writeFile: (_, contents) => {
      bytes = contents
    },
    listFiles: () => [],
  })
  if (error !== null || bytes === undefined) throw new Error(`${source} does not compile.\n${stderr.toString()}`)
  return bytes
}

function readOr(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

const checked = process.argv.indexOf('--check')
const folder = (checked > 0 && process.argv[checked + 1]) || sources
for (const kernel of KERNELS) {
  const bytes = await compile(kernel)
  const path = join(folder, kernel.file)
  if (checked < 0) writeFileSync(path, bytes)
  else if (Buffer.compare(readFileSync(path), bytes) !== 0) {
    console.error(`${kernel.file} is not what its source compiles to: npm run build:kernel`)
    process.exitCode = 1
  }
  console.log(`${kernel.file}: ${bytes.length} bytes`)
}
