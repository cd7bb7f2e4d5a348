import type { Command } from 'commander'
import { openAccount, type Role, setUpAgency } from '../access/index.ts'
import type { CliDeps } from './cli-deps.ts'
import { need, say } from './say.ts'
import { askNewPassword, askPassword, asPerson } from './sign-in-at-terminal.ts'

interface SetupOptions {
  readonly ori: string
  readonly agency: string
  readonly casePattern: string
  readonly caseExample: string
  readonly person: string
  readonly user: string
}

/** `countenance setup`: an empty database becomes the system of one agency. */
export function addSetupCommand(program: Command, deps: CliDeps): void {
  program
    .command('setup')
    .description('make an empty database the system of your agency, with its first administrator')
    .requiredOption('--ori <ori>', 'ORI of the agency, 9 characters')
    .requiredOption('--agency <name>', 'name of the agency')
    .requiredOption('--case-pattern <expression>', 'regular expression of its case numbers')
    .requiredOption('--case-example <number>', 'a case number of that form')
    .requiredOption('--user <username>', 'username of the administrator')
    .requiredOption('--person <name>', 'name of the administrator')
    .action(async (options: SetupOptions) => {
      const password = deps.password() ?? (await askPassword(options.user))
      const rooms = await deps.open({ attach: true })
      try {
        const agency = {
          ori: options.ori,
          name: options.agency,
          caseNumberPattern: options.casePattern,
          caseNumberExample: options.caseExample,
        }
        const administrator = { username: options.user, name: options.person, password }
        const account = need(await setUpAgency(rooms, { agency, administrator }))
        say(`${options.agency} is set up. ${account.username} opens the other accounts: countenance account --help`)
      } finally {
        await rooms.close()
      }
    })
}

/** `countenance account <username>`: the administrator opens an account. */
export function addAccountCommand(program: Command, deps: CliDeps): void {
  program
    .command('account')
    .description('open an account for somebody of your agency')
    .argument('<username>', 'username of the new account')
    .requiredOption('--person <name>', "the person's name")
    .requiredOption('--roles <list>', 'investigator, examiner, supervisor, custodian, auditor, administrator')
    .requiredOption('--user <username>', 'your username (an administrator)')
    .action((username: string, options: { person: string; roles: string; user: string }) =>
      asPerson(deps, options.user, async (rooms, actor) => {
        const password = deps.newPassword() ?? (await askNewPassword(username))
        const roles = options.roles.split(/[\s,]+/) as Role[]
        const input = { username, name: options.person, agency: actor.agency, roles, password }
        const account = need(await openAccount(rooms, actor, input))
        say(`${account.username} may now sign in as ${account.roles.join(', ')}.`)
      }),
    )
}
