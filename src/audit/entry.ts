import { canonicalJson, done, fail, type JsonValue, type Outcome } from '../base/index.ts'
import { type ActFacts, type ActName, isActName } from './acts.ts'
import { AuditError } from './audit-error.ts'
import { factsFault, isLogId } from './facts.ts'
import { MOST_ENTRY_BYTES } from './tlog/entry-bundle.ts'

/** What a room hands to `append`. */
export interface NewEntry<A extends ActName> {
  readonly act: A
  /** The account that acted; null for the system itself. */
  readonly actor: string | null
  /** The agency in whose name; null when none. */
  readonly agency: string | null
  /** The id of the record acted on; null when there is none. */
  readonly about: string | null
  readonly facts: ActFacts<A>
}

/** A new entry before the registry has judged it. */
export type UncheckedEntry = Omit<NewEntry<ActName>, 'act' | 'facts'> & { readonly act: string; readonly facts: object }

/** One line of the log. */
export interface Entry {
  readonly v: 1
  /** 0-based place in the log, without gaps. */
  readonly seq: number
  readonly act: ActName
  /** UTC, to a hundredth of a second. */
  readonly at: string
  readonly actor: string | null
  readonly agency: string | null
  readonly about: string | null
  readonly facts: Readonly<Record<string, JsonValue>>
}

export type EntryFault = 'line_unreadable' | 'entry_malformed' | 'act_unknown' | 'facts_unfit' | 'not_canonical'

const KEYS = 'about,act,actor,agency,at,facts,seq,v'
const STAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d\dZ$/

/**
 * The one text of an entry (RFC 8785): the leaf of the log.
 * @throws AuditError `entry_unfit` when the registry does not allow it.
 */
export function entryText(entry: UncheckedEntry, seq: number, at: string): string {
  const { act, actor, agency, about, facts } = entry
  const whole = { v: 1, seq, act, at, actor, agency, about, facts: facts as JsonValue }
  const fault = entryFault(whole)
  if (fault) throw new AuditError('entry_unfit', fault.sentence)
  return canonicalJson(whole)
}

const END = ',"v":1}'

/** The most digits a place adds to the text of an entry, with its name. */
const MOST_PLACE_BYTES = `,"seq":${Number.MAX_SAFE_INTEGER}`.length

/**
 * An entry before it has a place: the same text, without `seq`.
 * @throws AuditError `entry_unfit` when the registry does not allow it, or no bundle of the log could carry it.
 */
export function waitingText(entry: UncheckedEntry, at: string): string {
  const placed = entryText(entry, 0, at)
  if (Buffer.byteLength(placed) > MOST_ENTRY_BYTES - MOST_PLACE_BYTES) {
    throw new AuditError('entry_unfit', `An entry has at most ${MOST_ENTRY_BYTES} bytes.`)
  }
  return `${placed.slice(0, -`,"seq":0${END}`.length)}${END}`
}

/** The text of an entry with its place: `seq` comes just before `v` in canonical order. */
export function placedText(waiting: string, seq: number): string {
  if (!waiting.endsWith(END)) throw new AuditError('log_damaged', 'A waiting entry does not end as one.')
  return `${waiting.slice(0, -END.length)},"seq":${seq}${END}`
}

/** Reads one line of the log; anything that `entryText` could not have written is a failure. */
export function parseEntry(text: string): Outcome<Entry, EntryFault> {
  const value = parseJson(text)
  if (value === undefined) return unfit('line_unreadable', 'This line is not JSON.')
  const fault = entryFault(value)
  if (fault) return unfit(fault.code, fault.sentence)
  if (canonicalJson(value) !== text) {
    return unfit('not_canonical', 'This line is not in the canonical form (RFC 8785) that the log writes.')
  }
  return done(value as unknown as Entry)
}

function entryFault(value: JsonValue): { readonly code: EntryFault; readonly sentence: string } | null {
  const malformed = (sentence: string) => ({ code: 'entry_malformed', sentence }) as const
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return malformed('An entry is an object.')
  const entry = value as Readonly<Record<string, JsonValue>>
  if (Object.keys(entry).sort().join() !== KEYS) return malformed(`An entry has exactly the fields ${KEYS}.`)
  if (entry.v !== 1) return malformed('The version of an entry is 1.')
  if (!isSeq(entry.seq)) return malformed('The seq of an entry is a whole number from 0.')
  if (!isStamp(entry.at)) return malformed('The time of an entry is UTC to a hundredth of a second.')
  const unnamed = ['actor', 'agency', 'about'].find((key) => entry[key] !== null && !isLogId(entry[key]))
  if (unnamed !== undefined) return malformed(`The ${unnamed} of an entry is an id or null.`)
  const { act } = entry
  if (typeof act !== 'string' || !isActName(act)) {
    return { code: 'act_unknown', sentence: `The act ${JSON.stringify(act)} is not in the registry.` }
  }
  const sentence = factsFault(act, entry.facts)
  return sentence === null ? null : { code: 'facts_unfit', sentence }
}

function isSeq(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

function isStamp(value: unknown): boolean {
  return typeof value === 'string' && STAMP.test(value) && !Number.isNaN(Date.parse(value))
}

function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    return undefined
  }
}

function unfit(code: EntryFault, message: string) {
  return fail(code, message, 'Compare this line with the same line of an earlier export.')
}
