/**
 * Program for tests: continues a history in a folder until it is killed.
 * Arguments: folder, kind of history, last change (0: none), `redo` to write a snapshot after an error.
 */
import { StoreError } from '../../store/index.ts'
import { type HistoryKind, pagesOf, storeChange, takeChange } from './test-history.fixture.ts'
import { openTestFiles, RowsCopy } from './test-index.fixture.ts'

const [folder = '', kind = 'append', until = '0', then = ''] = process.argv.slice(2) as [
  string,
  HistoryKind,
  string,
  string,
]
const files = await openTestFiles(folder)
const copy = new RowsCopy()
const loaded = await files.load(copy)
if (loaded.state === 'missing') await files.rewrite(0, [])
if (loaded.state === 'damaged') throw new Error(loaded.reason)
process.stdout.write('ready\n')

const start = loaded.state === 'loaded' ? loaded.position : 0
try {
  for (let seq = start + 1; until === '0' || seq <= Number(until); seq += 1) {
    if (!(await storeChange(files, copy, kind, seq))) throw new Error(`Change ${seq} was not kept.`)
    takeChange(copy, kind, seq)
    if (kind === 'rewrite' && seq % 10 === 0) await files.rewrite(seq, pagesOf(copy))
  }
} catch (error) {
  if (!(error instanceof StoreError)) throw error
  const later = await files.appendPosition(1e9)
  const redo = () => files.rewrite(1e9, pagesOf(copy)).catch((again: StoreError) => again.code)
  const redone = then === 'redo' ? await redo() : null
  process.stdout.write(JSON.stringify({ code: error.code, writable: files.writable, later, redone }))
}
await files.close()
