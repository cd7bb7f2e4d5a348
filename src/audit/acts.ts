import type { ActKind, FactSpec, FactValues } from './acts/act-kind.ts'
import { CASE_ACTS } from './acts/case-acts.ts'
import { GALLERY_ACTS } from './acts/gallery-acts.ts'
import { MODEL_ACTS } from './acts/model-acts.ts'
import { OUTCOME_ACTS } from './acts/outcome-acts.ts'
import { STAFF_ACTS } from './acts/staff-acts.ts'
import { SYSTEM_ACTS } from './acts/system-acts.ts'

/** Every act there is. What is not listed here cannot be written to the log. */
export const ACTS = {
  ...STAFF_ACTS,
  ...GALLERY_ACTS,
  ...MODEL_ACTS,
  ...CASE_ACTS,
  ...OUTCOME_ACTS,
  ...SYSTEM_ACTS,
} as const

export type ActName = keyof typeof ACTS

type Spec<A extends ActName> = (typeof ACTS)[A]['facts']
type ValueOf<S> = S extends `${infer Kind extends keyof FactValues}?`
  ? FactValues[Kind]
  : S extends keyof FactValues
    ? FactValues[S]
    : never
type Given<S> = { readonly [K in keyof S as S[K] extends `${string}?` ? never : K]: ValueOf<S[K]> }
type Optional<S> = { readonly [K in keyof S as S[K] extends `${string}?` ? K : never]?: ValueOf<S[K]> }
type Flat<T> = { readonly [K in keyof T]: T[K] }
type FactsOf<S> = S extends unknown
  ? [keyof S] extends [never]
    ? Readonly<Record<string, never>>
    : Flat<Given<S> & Optional<S>>
  : never

/** The facts one act carries, e.g. `ActFacts<'search.completed'>`. */
export type ActFacts<A extends ActName> = FactsOf<Spec<A>>

export function isActName(text: string): text is ActName {
  return Object.hasOwn(ACTS, text)
}

export function actKind(act: ActName): ActKind {
  return ACTS[act]
}

/** Splits `code?` into its kind and whether it must be there. */
export function readSpec(spec: FactSpec): { readonly kind: keyof FactValues; readonly required: boolean } {
  const required = !spec.endsWith('?')
  return { kind: (required ? spec : spec.slice(0, -1)) as keyof FactValues, required }
}
