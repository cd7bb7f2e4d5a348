/** A program with nothing to do but what its pool does, as far as it is told: it ends once the threads let it. */
import { openPlannedPool } from './planned-pool.fixture.ts'
import { gradientPixels } from './test-support.ts'

const until = process.argv[2]
const pool = await openPlannedPool([], [], {})
const run = async () => (await pool.run({ pixels: gradientPixels(8, 8), jpegQuality: null, embed: 'all' })).end
console.log('loaded')
if (until !== 'loaded') console.log(await run())
const running = until === 'closed while running' ? run() : 'idle'
if (until?.startsWith('closed')) {
  await pool.close()
  console.log(await running, 'and closed')
}
