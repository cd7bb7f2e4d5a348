/**
 * The search of a gallery, measured in one run: `node bench/search.ts [--quick] [--only <part>]`. Prints markdown.
 * Parts, each with the memory of a process of its own: scan, exactness, batch, start, peers, concurrent.
 *
 * All templates are generated (bench/search/generate.ts says how) and follow from a seed. Times are processor
 * milliseconds of a whole process, all threads, and wall milliseconds; medians, and the least, since other work on the
 * machine only ever adds. A peer is measured in turns with the search, in the same minutes.
 *
 * What it takes: 8 GB of memory and 14 GB in the folder for temporary files. The flat peer is faiss where python3 can
 * import it (PYTHONPATH may name a folder it lies in), else a loop in C that is compiled on the spot by `cc`. The peers
 * of npm: `npm ci --prefix bench/search-peers` (install scripts off; nothing is compiled or fetched from elsewhere);
 * without it the part says what is missing. Not among them, because they do not install that way: faiss-node,
 * hnswlib-node and better-sqlite3 (compiled or fetched at installation).
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { measureBatch } from './search/batch.ts'
import { measureConcurrent } from './search/concurrent.ts'
import { measureExactness } from './search/exactness.ts'
import type { PartOptions } from './search/part.ts'
import { measurePeers } from './search/peers.ts'
import { measureScan } from './search/scan.ts'
import { measureStart } from './search/start.ts'

const PARTS: Readonly<Record<string, (options: PartOptions) => Promise<void>>> = {
  scan: measureScan,
  exactness: measureExactness,
  batch: measureBatch,
  start: measureStart,
  peers: measurePeers,
  concurrent: measureConcurrent,
}

/** Every part in a process of its own; they share the galleries. */
function runAll(quick: boolean): void {
  const folder = mkdtempSync(join(tmpdir(), 'countenance-search-'))
  try {
    for (const part of Object.keys(PARTS)) {
      const words = [import.meta.filename, '--only', part, '--galleries', folder, ...(quick ? ['--quick'] : [])]
      const { status } = spawnSync(process.execPath, words, { stdio: 'inherit' })
      if (status !== 0) throw new Error(`The part ${part} failed.`)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function runOne(name: string, quick: boolean, galleries: string | undefined): Promise<void> {
  const measure = PARTS[name]
  if (measure === undefined) throw new Error(`There is no part ${name}; there are ${Object.keys(PARTS).join(', ')}.`)
  const folder = galleries ?? mkdtempSync(join(tmpdir(), 'countenance-search-'))
  const start = performance.now()
  try {
    await measure({ quick, folder })
    console.log(`The part ${name} took ${((performance.now() - start) / 1000).toFixed(0)} s.`)
  } finally {
    if (galleries === undefined) rmSync(folder, { recursive: true, force: true })
  }
}

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    /** Of the whole run; used by it alone. */
    galleries: { type: 'string' },
  },
})
if (values.galleries === undefined) {
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`
  console.log(
    `# Search\n\n${new Date().toISOString().slice(0, 10)}, node ${process.version}, ${cpus().length} x ${cpus()[0]?.model.trim()}, ${memory}${values.quick ? '; quick run, not to be published' : ''}`,
  )
}
if (values.only === undefined) runAll(values.quick)
else await runOne(values.only, values.quick, values.galleries)
