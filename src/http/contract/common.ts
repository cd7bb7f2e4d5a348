import { z } from 'zod'

/** UTC, ISO 8601, such as `2026-11-22T15:24:03.17Z`. */
export const stampSchema = z.string().meta({ description: 'UTC, ISO 8601', examples: ['2026-11-22T15:24:03.17Z'] })

/** What an id of ours may look like; anything else names no record. */
export const idSchema = z.string().regex(/^[A-Za-z0-9][\w-]{0,79}$/, 'it is not an id')

/** Text in sentences: bounds what is read at all; the rooms say how much of it they keep, and refuse more. */
export const longText = z.string().max(10_000)

/** A text of one line, such as a code or a reference; bounded as `longText` is. */
export const shortText = z.string().max(2000)

/** Every error: RFC 9457 problem details, with a stable code, a sentence and what to do. */
export const problemSchema = z
  .strictObject({
    type: z.literal('about:blank'),
    /** The status in words. */
    title: z.string(),
    status: z.int().min(400).max(599),
    /** Stable, snake_case. */
    code: z.string(),
    /** One sentence: what happened. */
    detail: z.string(),
    /** One sentence: what to do about it. */
    remedy: z.string(),
    /** The field, line, file or record concerned. */
    where: z.string().optional(),
    facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])).optional(),
    /** Every rule's finding, when policy refused. */
    findings: z.array(z.lazy(() => findingSchema)).optional(),
  })
  .meta({ id: 'Problem' })

export type ApiProblem = z.infer<typeof problemSchema>

/** What one directive found. */
export const findingSchema = z
  .strictObject({
    directive: z.string(),
    title: z.string(),
    code: z.string(),
    outcome: z.enum(['allowed', 'refused']),
    sentence: z.string(),
    remedy: z.string(),
  })
  .meta({ id: 'Finding' })

export type Finding = z.infer<typeof findingSchema>

export const pointSchema = z.strictObject({ x: z.number(), y: z.number() })

/** Pixels of the upright image. */
export const boxSchema = z.strictObject({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })

/** Which weights made a template; scores of two models are never compared. */
export const modelSchema = z
  .strictObject({ id: z.string(), sha256: z.string(), dimension: z.int() })
  .meta({ id: 'ModelIdentity' })

export type ModelIdentity = z.infer<typeof modelSchema>

/** What proves that a candidate list is the exact one. */
export const searchProofSchema = z
  .strictObject({
    /** Photographs in the gallery, those that were not compared included. */
    enrolled: z.int(),
    certified: z.literal(true),
    /** Photographs scored exactly. */
    k: z.int(),
    /** No other photograph has a score above this (cosine); -1 when every one was scored exactly. */
    bound: z.number(),
  })
  .meta({ id: 'SearchProof' })

/** A code and what people call it. */
export const termSchema = z.strictObject({ code: z.string(), label: z.string() })

export type Term = z.infer<typeof termSchema>

export const roleSchema = z.enum(['investigator', 'examiner', 'supervisor', 'custodian', 'auditor', 'administrator'])

export type RoleName = z.infer<typeof roleSchema>

export const idParams = z.strictObject({ id: idSchema })
