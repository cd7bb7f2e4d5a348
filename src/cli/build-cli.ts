import { Command } from 'commander'
import type { CliDeps } from './cli-deps.ts'
import { addDoctorCommand } from './doctor-command.ts'
import { addEnrolCommand } from './enrol-command.ts'
import { addEvaluateCommand } from './evaluate-command.ts'
import { addExportCommand } from './export-command.ts'
import { addGalleryCommand } from './gallery-command.ts'
import { addModelCommand } from './model-command.ts'
import { CliProblem, problemLines } from './say.ts'
import { addSearchCommand } from './search-command.ts'
import { addAccountCommand, addSetupCommand } from './setup-command.ts'
import { addVerifyCommand } from './verify-command.ts'
import { addWitnessCommand } from './witness-command.ts'

/** The `countenance` program; without a command it serves. */
export function buildCli(deps: CliDeps): { run(words: readonly string[]): Promise<void> } {
  const program = new Command('countenance')
    .description('Facial identification that somebody answers for.')
    .showHelpAfterError('(countenance --help shows all commands)')
  program
    .command('serve', { isDefault: true })
    .description('start the server and the console')
    .action(() => deps.serve())
  addSetupCommand(program, deps)
  addAccountCommand(program, deps)
  addEnrolCommand(program, deps)
  addGalleryCommand(program, deps)
  addSearchCommand(program, deps)
  addExportCommand(program, deps)
  addVerifyCommand(program)
  addWitnessCommand(program)
  addEvaluateCommand(program, deps)
  addModelCommand(program, deps)
  addDoctorCommand(program, deps)
  return { run: (words) => runProgram(program, words) }
}

async function runProgram(program: Command, words: readonly string[]): Promise<void> {
  try {
    await program.parseAsync([...words], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CliProblem)) throw error
    for (const line of problemLines(error.problem)) process.stderr.write(`${line}\n`)
    process.exitCode = 1
  }
}
