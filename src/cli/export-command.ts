import { open } from 'node:fs/promises'
import type { Command } from 'commander'
import { requireRole } from '../access/index.ts'
import type { CliDeps } from './cli-deps.ts'
import { need, say } from './say.ts'
import { asPerson } from './sign-in-at-terminal.ts'

/** `countenance export <file>`: writes the whole audit log with its signed checkpoint. */
export function addExportCommand(program: Command, deps: CliDeps): void {
  program
    .command('export')
    .description('write the audit log with its signed checkpoint to a file that outsiders can verify')
    .argument('<file>', 'file to write; it must not exist yet')
    .requiredOption('--user <username>', 'your username (an auditor or supervisor)')
    .action((file: string, options: { user: string }) =>
      asPerson(deps, options.user, async (rooms, actor) => {
        need(requireRole(actor, 'auditor', 'supervisor'))
        const out = await open(file, 'wx', 0o600)
        let lines = 0
        try {
          for await (const line of rooms.log.exportLog(actor)) {
            await out.write(line)
            lines += 1
          }
        } finally {
          await out.close()
        }
        say(`${lines - 1} entries written to ${file}. Check them with: countenance verify ${file}`)
      }),
    )
}
