/**
 * A server that does nothing but write entries and keep the log; run as a process of its own, to be killed.
 * Says `<number>` for each entry whose commit it was told of, and `refused <code>` when one was not taken.
 * Arguments: address (JSON), folder of the log, first number, writers, how many entries at most.
 */
import { writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { systemClock } from '../base/index.ts'
import { openStore } from '../store/index.ts'
import { append } from './append.ts'
import { RECEIVED } from './entries.fixture.ts'
import { ORIGIN, SEED } from './export.fixture.ts'
import { openLog } from './open-log.ts'

const [address = '', folder = '', first = '', writers = '', most = ''] = process.argv.slice(2)
const store = await openStore({
  address: JSON.parse(address),
  blobFolder: join(dirname(folder), 'objects'),
  agencyKeyFile: join(dirname(folder), 'agency.key'),
})
const log = openLog(store, { origin: ORIGIN, signingKey: SEED, clock: systemClock, folder })
const integrator = await log.startIntegrator()
let next = Number(first)
const end = next + Number(most)

async function write(): Promise<void> {
  while (next < end) {
    const faces = next
    next += 1
    try {
      const entry = { ...RECEIVED, facts: { ...RECEIVED.facts, faces } }
      await store.transaction({ agency: null }, (tx) => append(tx, { clock: systemClock }, entry))
      writeSync(1, `${faces}\n`)
    } catch (error) {
      next = end
      writeSync(1, `refused ${(error as { code?: string }).code}\n`)
    }
  }
}

await Promise.all(Array.from({ length: Number(writers) }, write))
await integrator.stop()
await store.close()
