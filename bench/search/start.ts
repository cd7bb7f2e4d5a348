import { spawnSync } from 'node:child_process'
import { readdirSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { openIndexFiles } from '../../src/gallery/index-files/open-index-files.ts'
import { rowLayout } from '../../src/gallery/scan/row-record.ts'
import { type DiskGallery, galleryOnDisk, modelOf } from './gallery-on-disk.ts'
import { median, megabytes, milliseconds, printTable, quantile, type Spent } from './measure.ts'
import type { PartOptions } from './part.ts'
import { startProgram } from './round-process.ts'
import type { SearcherOptions, SearcherReady } from './searcher.ts'

const STARTS = 3
const CHANGES = 30

/** How soon a search begins, and how soon a photograph that came or went is one. */
export async function measureStart({ quick, folder }: PartOptions): Promise<void> {
  const rows = quick ? 20_000 : 1_600_000
  const gallery = await galleryOnDisk(folder, { kind: 'isotropic', rows, dimension: 704, seed: 1 })
  console.log(`\n## Start: ${rows} x 704, index files of ${megabytes(bytesIn(gallery.index))} MB`)
  console.log('From the start of a process to its first certified list; the source agrees with the files.')
  const fresh = forget(gallery.index)
  const lines = [await startOnce(gallery, fresh ? 'files not in memory' : 'first')]
  for (let start = 1; start < STARTS; start += 1) lines.push(await startOnce(gallery, 'files in memory'))
  printTable(['start', 'process to first list, s', 'of it opening and searching, s', 'rows', 'RSS MB'], lines)
  console.log(
    `The system alone, giving a program ${megabytes(bytesIn(gallery.index))} MB of fresh memory: ${freshMemory(bytesIn(gallery.index))} s (least and most of ${STARTS}).`,
  )
  console.log(
    `Built anew: ${Math.round(gallery.buildRate)} rows a second of CPU (codes made, files written; reading the database not counted).`,
  )
  await measureChanges(gallery)
}

async function startOnce(gallery: DiskGallery, title: string): Promise<readonly string[]> {
  const start = performance.now()
  const searcher = await startSearcher(gallery)
  const seconds = (performance.now() - start) / 1000
  await searcher.close()
  const { openMs, rows, rss } = searcher.ready
  return [title, seconds.toFixed(2), (openMs / 1000).toFixed(2), String(rows), megabytes(rss)]
}

async function measureChanges(gallery: DiskGallery): Promise<void> {
  const searcher = await startSearcher(gallery)
  const inserts: (Spent & { readonly visible: boolean })[] = []
  const deletes: (Spent & { readonly gone: boolean })[] = []
  const gone = Array.from({ length: CHANGES }, (_, at) => 1 + Math.floor((at * gallery.spec.rows) / CHANGES))
  for (const seq of gone) {
    inserts.push(await searcher.ask({ do: 'insert' }))
    deletes.push(await searcher.ask({ do: 'delete', seq }))
  }
  await searcher.close()
  const zero = await zeroRows(gallery, gone)
  // Its files hold other rows now.
  rmSync(dirname(gallery.index), { recursive: true })
  const cells = (spent: readonly Spent[]) => {
    const wall = spent.map((one) => one.wall)
    return [median(wall), quantile(wall, 0.99)].map(milliseconds)
  }
  const line = (what: string, spent: readonly Spent[], good: number) => [what, ...cells(spent), `${good}/${CHANGES}`]
  printTable(
    ['change, with the search that shows it', 'median ms', 'longest ms', 'as it must be'],
    [
      line('enrolled: first on the list', inserts, inserts.filter(({ visible }) => visible).length),
      line('taken out: not listed', deletes, deletes.filter((round) => round.gone).length),
      ['taken out: its bytes in the files are zero', '-', '-', `${zero}/${CHANGES}`],
    ],
  )
}

/** How long a process of its own takes to fill so many bytes that it never used: the floor for any index of that size. */
function freshMemory(bytes: number): string {
  const program = `const t = performance.now(); new Uint8Array(${bytes}).fill(1); console.log((performance.now() - t) / 1000)`
  const runs = Array.from({ length: STARTS }, () => {
    return Number(spawnSync(process.execPath, ['-e', program], { encoding: 'utf8' }).stdout)
  })
  return `${Math.min(...runs).toFixed(2)} to ${Math.max(...runs).toFixed(2)}`
}

async function startSearcher(gallery: DiskGallery) {
  const options: SearcherOptions = { gallery, threads: 1 }
  return await startProgram<SearcherReady>(new URL('searcher.ts', import.meta.url), options)
}

/** Of these rows, how many are in the files with every byte but the seq zero. */
async function zeroRows({ index, spec }: DiskGallery, seqs: readonly number[]): Promise<number> {
  const { rowBytes } = rowLayout(spec.dimension)
  const files = await openIndexFiles({ folder: index, key: Buffer.alloc(32, 7), model: modelOf(spec), rowBytes })
  const wanted = new Set(seqs)
  let zero = 0
  await files.load({
    onRecords: (records) => {
      const view = Buffer.from(records.buffer, records.byteOffset, records.byteLength)
      for (let at = 0; at < view.length; at += rowBytes) {
        const record = view.subarray(at, at + rowBytes)
        if (wanted.has(record.readDoubleLE(rowBytes - 8)) && record.subarray(0, -8).every((byte) => byte === 0)) {
          zero += 1
        }
      }
    },
    onChange: () => {},
  })
  await files.close()
  return zero
}

function bytesIn(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
}

/** Asks the system to drop its copies of the files. False where it cannot be asked. */
function forget(folder: string): boolean {
  return readdirSync(folder).every(
    (name) =>
      spawnSync('dd', [`if=${join(folder, name)}`, 'iflag=nocache', 'count=0'], { stdio: 'ignore' }).status === 0,
  )
}
