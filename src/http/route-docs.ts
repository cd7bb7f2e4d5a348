import { STATUS_CODES } from 'node:http'
import { z } from 'zod'
import { problemSchema } from './contract/index.ts'

/** What every route behind sign-in can answer besides what it names. */
const ALWAYS = [401, 500, 503]

/** The documented answers of a route: those that went well, which its handler is typed by, and its problems. */
export function answers<S extends Record<number, unknown>>(good: S, ...problems: readonly number[]): S {
  return { ...good, ...problemAnswers([...problems, ...ALWAYS]) }
}

/** What a route that changes something can answer besides: it needs the console, and a body that can be read. */
const WHEN_CHANGING = [400, 403, 413, 415]

/** As `answers`, for routes that change something. */
export function changes<S extends Record<number, unknown>>(good: S, ...problems: readonly number[]): S {
  return answers(good, ...WHEN_CHANGING, ...problems)
}

/** As `answers`, for routes before sign-in: only the problems named. */
export function openAnswers<S extends Record<number, unknown>>(good: S, ...problems: readonly number[]): S {
  return { ...good, ...problemAnswers(problems) }
}

function problemAnswers(statuses: readonly number[]) {
  return Object.fromEntries(statuses.map((status) => [status, problemAnswer(status)]))
}

function problemAnswer(status: number) {
  const description = STATUS_CODES[status] ?? 'Problem'
  return { description, content: { 'application/problem+json': { schema: problemSchema } } }
}

const bytes = z.unknown().meta({ type: 'string', format: 'binary' })

/** An answer of bytes, such as an image. */
export function fileAnswer(mediaType: string, description: string) {
  return { description, content: { [mediaType]: { schema: bytes } } }
}

/** The documented body of an upload; it is read as a stream, so `readsUpload` switches its validation off. */
export function uploadBody<S extends z.ZodRawShape>(fields: S) {
  return z.strictObject({ image: bytes, ...fields })
}

export const readsUpload = { validatorCompiler: () => () => true } as const
