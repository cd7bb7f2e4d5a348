import type { Command } from 'commander'
import { runWitness, WitnessError } from '../audit/index.ts'
import { CliProblem, say } from './say.ts'

interface WitnessWords {
  readonly folder: string
  readonly listen: string
  readonly log: readonly string[]
  readonly name?: string
}

/** `countenance witness`: cosigns the checkpoints of a log for an oversight body; no database, no server of ours. */
export function addWitnessCommand(program: Command): void {
  program
    .command('witness')
    .description("cosign a log's checkpoints for an oversight body: own key, own folder, no database")
    .requiredOption('--folder <folder>', "the witness's folder, made on first use; never restore it from a copy")
    .option('--listen <host:port>', 'where logs ask for cosignatures', '127.0.0.1:7380')
    .requiredOption('--log <verifier key or file...>', 'logs to watch: verifier keys, or files with one a line')
    .option('--name <name>', 'name of a new witness, such as oversight.example/witness')
    .action(async ({ folder, listen, log: logs, name }: WitnessWords) => {
      const stopped = stopSignal()
      const witness = await runWitness({ folder, listen, logs, ...(name !== undefined && { name }) }).catch(problem)
      say(`witness ${witness.name}`)
      say(`key     ${witness.verifierKey}`)
      say(`listens ${witness.url}`)
      await stopped
      await witness.close()
      say('Stopped.')
    })
}

/** A second signal, as a group of processes gets it, does not cut the ending short. */
function stopSignal(): Promise<unknown> {
  return new Promise((resolve) => {
    process.on('SIGTERM', resolve)
    process.on('SIGINT', resolve)
  })
}

function problem(error: unknown): never {
  if (!(error instanceof WitnessError)) throw error
  const { code, message, remedy } = error
  throw new CliProblem({ kind: 'failure', code, message, remedy })
}
