import type { Command } from 'commander'
import type { CliDeps } from './cli-deps.ts'
import { say } from './say.ts'

const MARKS = { good: 'good   ', warning: 'warning', bad: 'BAD    ' } as const

/** `countenance doctor`: looks at everything the product needs and says in one line each how it stands. */
export function addDoctorCommand(program: Command, deps: CliDeps): void {
  program
    .command('doctor')
    .description('check this machine, the data folder, the database, the engine and the log')
    .action(async () => {
      const findings = await deps.examineMachine()
      for (const finding of findings) say(`${MARKS[finding.state]}  ${finding.what}: ${finding.sentence}`)
      if (findings.some((finding) => finding.state === 'bad')) process.exitCode = 1
    })
}
