import type { JsonValue } from '../base/index.ts'
import { actKind } from './acts.ts'
import type { Entry } from './entry.ts'

/** Names to show instead of ids, where the reader may see them. */
export interface EntryNames {
  readonly actor?: string
  readonly agency?: string
}

/** What an entry says, for people. */
export function sentenceOf(entry: Omit<Entry, 'v' | 'seq' | 'at'>, names: EntryNames = {}): string {
  const words: Record<string, JsonValue> = {
    ...entry.facts,
    actor: names.actor ?? entry.actor ?? 'The system',
    agency: names.agency ?? entry.agency ?? 'no agency',
    about: entry.about ?? 'nothing',
  }
  return actKind(entry.act).sentence.replace(/\{(\w+)\}/g, (_, name: string) => wordFor(words[name]))
}

function wordFor(value: JsonValue | undefined): string {
  if (value === true) return 'yes'
  if (value === false) return 'no'
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ')
  if (value === undefined || value === '') return 'none given'
  return String(value)
}
