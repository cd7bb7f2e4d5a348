import { runWitness } from './run-witness.ts'

/** A witness as a process: folder, verifier key of the log. It says where it listens, and its key. */
const [folder = '', log = ''] = process.argv.slice(2)
const witness = await runWitness({ folder, logs: [log], listen: '127.0.0.1:0', name: 'witness.example/child' })
process.stdout.write(`${witness.url} ${witness.verifierKey}\n`)
process.once('SIGTERM', () => {
  witness.close().catch((error: unknown) => {
    process.stderr.write(`${error}\n`)
    process.exitCode = 1
  })
})
