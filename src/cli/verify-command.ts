import { createReadStream, existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { type VerifyReport, verifyExport } from '../audit/index.ts'
import { CliProblem, say } from './say.ts'

/** `countenance verify <export>`: checks a log export with nothing but the file: no database, no server. */
export function addVerifyCommand(program: Command): void {
  program
    .command('verify')
    .description('check an exported audit log offline: every entry, the Merkle root, the signed checkpoint')
    .argument('<export>', 'file from the audit page or from `countenance export`')
    .option('--key <verifier key>', 'verifier key received independently of the export')
    .option('--earlier <file>', 'checkpoint kept from before; the export must continue it')
    .action(async (file: string, options: VerifyOptions) => {
      if (!existsSync(file)) throw new CliProblem(missing(file))
      const report = await verifyExport(createReadStream(file), await given(options))
      sayReport(report)
      if (!report.ok) process.exitCode = 1
    })
}

interface VerifyOptions {
  readonly key?: string
  readonly earlier?: string
}

async function given(options: VerifyOptions): Promise<{ verifierKey?: string; earlierCheckpoint?: string }> {
  const { key, earlier } = options
  if (earlier !== undefined && !existsSync(earlier)) throw new CliProblem(missing(earlier))
  return {
    ...(key !== undefined && { verifierKey: key }),
    ...(earlier !== undefined && { earlierCheckpoint: await readFile(earlier, 'utf8') }),
  }
}

function missing(file: string) {
  return {
    kind: 'failure',
    code: 'file_unreadable',
    message: `There is no file ${file}.`,
    remedy: 'Give the path of an export.',
  } as const
}

function sayReport(report: VerifyReport): void {
  for (const fault of report.faults) say(`line ${fault.line}: ${fault.sentence} (${fault.code})`)
  for (const warning of report.warnings) say(`warning, line ${warning.line}: ${warning.sentence} (${warning.code})`)
  say(`log     ${report.origin}`)
  say(`entries ${report.size}`)
  say(`root    ${report.root}`)
  say(report.ok ? WHOLE : 'The export does NOT verify.')
  if (report.ok && report.keySource === 'export') say(KEY_FROM_EXPORT)
}

const WHOLE = 'The export verifies: no entry was changed, removed, added or reordered.'
const KEY_FROM_EXPORT =
  'The key came with the export. To prove who signed it, pass --key with a verifier key that you received elsewhere.'
