import { append } from './append.ts'
import { AuditError } from './audit-error.ts'
import { type Entry, parseEntry } from './entry.ts'
import { readTree } from './records.ts'
import { type LeafRow, newestLeaves } from './records-read.ts'
import { sentenceOf } from './sentence.ts'
import type { LogContext } from './sign-checkpoint.ts'
import { leafHash } from './tlog/tree-hash.ts'

/** Who reads or exports; null for the system itself. */
export type LogReader = { readonly account: string; readonly agency: string } | null

export interface EntryQuery {
  /** Only entries before this place; without it, from the newest. */
  readonly before?: number
  /** Only entries about this record. */
  readonly about?: string
  /** Only entries of this agency, and those of none. */
  readonly agency?: string
  /** 1 to 200. */
  readonly limit: number
}

export interface ListedEntry extends Entry {
  /** For people. */
  readonly sentence: string
  /** 64 hex digits. */
  readonly leafHash: string
}

export interface EntryPage {
  /** Newest first. */
  readonly entries: readonly ListedEntry[]
  /** How many entries the log held when it was read. */
  readonly size: number
}

const MOST_ENTRIES = 200

/** A page of the log. Being read is an entry too: it is written before the page is given out. */
export function readEntries(context: LogContext, query: EntryQuery, reader: LogReader): Promise<EntryPage> {
  const limit = Math.min(Math.max(Math.trunc(query.limit), 1), MOST_ENTRIES)
  return context.store.transaction({ agency: null }, async (tx) => {
    const { size } = await readTree(tx)
    const entries = (await newestLeaves(tx, { ...query, limit })).map(listed)
    const [newest, oldest] = [entries[0], entries.at(-1)]
    if (newest && oldest) {
      await append(tx, context, {
        act: 'log.read',
        actor: reader?.account ?? null,
        agency: reader?.agency ?? null,
        about: null,
        facts: { first: oldest.seq, last: newest.seq },
      })
    }
    return { entries, size }
  })
}

function listed(row: LeafRow): ListedEntry {
  const entry = parseEntry(row.leaf)
  if (!entry.ok) throw new AuditError('log_damaged', `Entry ${row.seq} cannot be read: ${entry.problem.message}`)
  const hash = Buffer.from(leafHash(Buffer.from(row.leaf))).toString('hex')
  return { ...entry.value, sentence: sentenceOf(entry.value), leafHash: hash }
}
