import { append } from './append.ts'
import { headerText } from './export-header.ts'
import type { LogReader } from './read-entries.ts'
import { leavesFrom } from './records-read.ts'
import { type LogContext, type SignedCheckpoint, signCheckpoint } from './sign-checkpoint.ts'

const LINES_PER_READ = 1000

/** The log as JSON Lines, newline included. The export is an entry, written before the first line is given out. */
export async function* exportLog(context: LogContext, reader: LogReader): AsyncGenerator<string, void, void> {
  const checkpoint = await context.store.transaction({ agency: null }, async (tx) => {
    const present = await signCheckpoint(tx, context)
    await append(tx, context, {
      act: 'log.exported',
      actor: reader?.account ?? null,
      agency: reader?.agency ?? null,
      about: null,
      facts: { size: present.size, root: present.root },
    })
    return present
  })
  yield* exportLines(context, checkpoint)
}

/** The lines of an export up to a checkpoint, read page by page: entries never change, so no transaction stays open. */
export async function* exportLines(
  context: LogContext,
  checkpoint: SignedCheckpoint,
): AsyncGenerator<string, void, void> {
  const { verifierKey, name: origin } = context.signer
  yield `${headerText({ origin, verifierKey, checkpoint: checkpoint.note })}\n`
  for (let from = 0; from < checkpoint.size; ) {
    const rows = await context.store.transaction({ agency: null }, (tx) =>
      leavesFrom(tx, from, checkpoint.size, LINES_PER_READ),
    )
    const last = rows.at(-1)
    if (last === undefined) return
    for (const row of rows) yield `${row.leaf}\n`
    from = last.seq + 1
  }
}
