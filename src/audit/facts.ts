import type { JsonValue } from '../base/index.ts'
import type { FactKind } from './acts/act-kind.ts'
import { type ActName, actKind, readSpec } from './acts.ts'

const CHECKS: Readonly<Record<FactKind, (value: unknown) => boolean>> = {
  code: (value) => isLine(value) && value.length >= 1 && value.length <= 200,
  id: (value) => isLine(value) && /^\S{1,200}$/u.test(value),
  digest: (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value),
  text: (value) => isWritable(value) && value.length <= 2000,
  count: (value) => Number.isSafeInteger(value) && (value as number) >= 0,
  number: (value) => Number.isFinite(value),
  flag: (value) => typeof value === 'boolean',
  time: (value) => typeof value === 'string' && TIME.test(value) && !Number.isNaN(Date.parse(value)),
  list: (value) => Array.isArray(value) && value.length <= 500 && value.every((item) => CHECKS.code(item)),
}

const TIME = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d{1,3})?Z)?$/

/** The first thing wrong with the facts of an act, as a sentence; null when they are exactly as registered. */
export function factsFault(act: ActName, facts: unknown): string | null {
  if (typeof facts !== 'object' || facts === null || Array.isArray(facts)) return `${act}: facts must be an object.`
  const given = facts as Record<string, JsonValue>
  const specs = actKind(act).facts
  const stranger = Object.keys(given).find((name) => !Object.hasOwn(specs, name))
  if (stranger !== undefined) return `${act}: the fact "${stranger}" is not in the registry.`
  for (const [name, spec] of Object.entries(specs)) {
    const { kind, required } = readSpec(spec)
    if (!Object.hasOwn(given, name)) {
      if (required) return `${act}: the fact "${name}" is missing.`
    } else if (!CHECKS[kind](given[name])) {
      return `${act}: the fact "${name}" is not a ${kind}.`
    }
  }
  return null
}

/** True for an id the log can carry. */
export function isLogId(value: unknown): value is string {
  return CHECKS.id(value)
}

function isLine(value: unknown): value is string {
  return isWritable(value) && !/[\r\n\u2028\u2029]/.test(value)
}

/** Text that every JSON and every database can carry: no lone surrogates, no NUL. */
function isWritable(value: unknown): value is string {
  return typeof value === 'string' && value.isWellFormed() && !value.includes('\u0000')
}
