/**
 * How an act ends when it does not throw: a value, an elective refusal (a rule said no) or an
 * involuntary failure (it could not be done). Only the unexpected throws.
 * Distinction after the NIST FRTE 1:N API (`RefuseInput` against `ExtractError`).
 */
export type ProblemKind = 'refusal' | 'failure'

export interface Problem<C extends string = string> {
  readonly kind: ProblemKind
  /** Stable machine code, snake_case; never renamed once released. */
  readonly code: C
  /** One sentence for people: what happened. */
  readonly message: string
  /** One sentence for people: what to do about it. */
  readonly remedy: string
  /** The field, line, file or record concerned. */
  readonly where?: string
  /** Small structured facts (never images, templates or personal data). */
  readonly facts?: Readonly<Record<string, string | number | boolean | readonly string[]>>
}

export type Outcome<T, C extends string = string> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Problem<C> }

export type ProblemDetail = Pick<Problem, 'where' | 'facts'>

export function done<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value }
}

export function refuse<C extends string>(
  code: C,
  message: string,
  remedy: string,
  detail: ProblemDetail = {},
): { readonly ok: false; readonly problem: Problem<C> } {
  return { ok: false, problem: { kind: 'refusal', code, message, remedy, ...detail } }
}

export function fail<C extends string>(
  code: C,
  message: string,
  remedy: string,
  detail: ProblemDetail = {},
): { readonly ok: false; readonly problem: Problem<C> } {
  return { ok: false, problem: { kind: 'failure', code, message, remedy, ...detail } }
}
