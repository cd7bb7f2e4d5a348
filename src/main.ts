import { systemClock } from './base/index.ts'
import { buildCli, type CliDeps } from './cli/index.ts'
import { type ComposeOptions, openRooms } from './compose.ts'
import { readSettings, type Settings, sentenceFor } from './config.ts'
import { openEngine } from './engine/index.ts'
import { examineMachine } from './examine-machine.ts'
import { serve, traceOf } from './serve.ts'

/** Reads the settings, builds the rooms when a command asks for them, opens the doors. */
async function main(): Promise<void> {
  const cli = buildCli({
    open: (options: ComposeOptions) => openRooms(settings(), options),
    openEvaluation,
    serve: () => serve(settings()),
    examineMachine: () => examineMachine(settings()),
    password: () => settings().password,
    newPassword: () => settings().newPassword,
  })
  await cli.run(process.argv.slice(2))
}

async function openEvaluation(): ReturnType<CliDeps['openEvaluation']> {
  const { weightsDir, decodeProcesses, engineThreads: workers } = settings()
  const engine = await openEngine({ weightsDir, decodeProcesses, workers })
  return { engine, clock: systemClock, close: engine.close }
}

function settings(): Settings {
  return readSettings(process.env)
}

/** Expected trouble is one or two sentences; anything else keeps its stack for a report. */
function explain(error: unknown): string {
  const sentence = sentenceFor(error)
  if (sentence !== null) return sentence
  return traceOf(error)
}

main().catch((error: unknown) => {
  console.error(explain(error))
  process.exitCode = 1
  // Sockets and decoders that a failed start left open must not keep the process alive.
  setTimeout(() => process.exit(1), 500).unref()
})
