/**
 * What a cluster of S shards and R replicas would take for a search, and how often every shard can answer: predicted
 * from what one core was measured to take, for sizes no machine here holds. `node bench/scale-sim.ts [--recorded]
 * [--write]`. Prints markdown; `--write` keeps the measured constants (bench/scale-sim/measured.json) and puts the text
 * into docs/operations/cluster.md.
 *
 * Measures the product's own scan and a real cluster of two shards and two replicas on this machine, and holds the
 * model against the latter at a size it was not told of. Takes three to eight minutes, 3 GB of memory and 3 GB of temporary
 * files. Without the cluster's engine (`npm ci --prefix test/cluster`), or with `--recorded`, the constants of the last
 * run that was written are used.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { whyNoCluster } from '../test/cluster/engine-command.ts'
import { measureCluster } from './scale-sim/measure-cluster.ts'
import { measureEmbedded } from './scale-sim/measure-embedded.ts'
import { type Measured, readMeasured, writeMeasured } from './scale-sim/measured.ts'
import { predictionText } from './scale-sim/prediction-text.ts'
import { withSection } from './scale-sim/with-section.ts'

const PAGE = new URL('../docs/operations/cluster.md', import.meta.url)

async function measure(): Promise<Measured> {
  const machine = `${cpus().length} x ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, node ${process.version}`
  const embedded = await measureEmbedded()
  const cluster = await measureCluster(cpus().length)
  const date = new Date().toISOString().slice(0, 10)
  return { date, machine, load: loadavg()[1] ?? 0, command: 'node bench/scale-sim.ts --write', embedded, ...cluster }
}

const { values } = parseArgs({
  options: { recorded: { type: 'boolean', default: false }, write: { type: 'boolean', default: false } },
})
const reason = values.recorded ? 'Asked for the recorded constants.' : whyNoCluster()
if (reason !== null) console.log(`Nothing is measured, the constants of the last written run are used. ${reason}\n`)
const measured = reason === null ? await measure() : readMeasured()
if (values.write && reason === null) writeMeasured(measured)
const text = predictionText(measured)
console.log(text)
if (values.write) writeFileSync(PAGE, withSection(readFileSync(PAGE, 'utf8'), text))
