import { z } from 'zod'
import { modelSchema, stampSchema } from './common.ts'

const intervalSchema = z.strictObject({ low: z.number(), high: z.number() })

/** A share of trials, 0 to 1, with its 95 % interval; `rate` is null without trials. */
const rateSchema = z
  .strictObject({
    errors: z.int(),
    trials: z.int(),
    rate: z.number().nullable(),
    low: z.number(),
    high: z.number(),
  })
  .meta({ id: 'ErrorRate' })

export type ErrorRate = z.infer<typeof rateSchema>

const cellSchema = z
  .strictObject({
    people: z.int(),
    trials: z.int(),
    /** Null when the group is too small; `suppressed` then says why. */
    rate: rateSchema.nullable(),
    suppressed: z.string().nullable(),
  })
  .meta({ id: 'GroupCell' })

export type GroupCell = z.infer<typeof cellSchema>

const spreadSchema = z
  .strictObject({
    groups: z.int(),
    worst: z.string(),
    best: z.string(),
    maxMin: z.strictObject({ value: z.number().nullable(), low: z.number(), high: z.number().nullable() }),
    maxMinusMin: z.number(),
    gini: z.number(),
  })
  .meta({ id: 'GroupSpread' })

export type GroupSpread = z.infer<typeof spreadSchema>

const axisSchema = z
  .strictObject({
    axis: z.string(),
    rows: z.array(z.strictObject({ group: z.string(), missed: cellSchema.nullable(), listed: cellSchema.nullable() })),
    missedSpread: spreadSchema.nullable(),
    listedSpread: spreadSchema.nullable(),
  })
  .meta({ id: 'GroupAxis' })

export type GroupAxis = z.infer<typeof axisSchema>

/** Two different people of one group compared, at the threshold that FMR 0.1 % over everybody asks for. */
const groupComparisonsSchema = z
  .strictObject({
    axis: z.string(),
    threshold: z.number(),
    /** FMR of that threshold over pairs of everybody. */
    everybody: rateSchema,
    /** More than the rows count when a group was sampled evenly. */
    pairs: z.int(),
    rows: z.array(cellSchema.extend({ group: z.string() })),
    spread: spreadSchema.nullable(),
  })
  .meta({ id: 'GroupComparisons' })

export type GroupComparisons = z.infer<typeof groupComparisonsSchema>

/** What one evaluation measured; scores are cosine, rates 0 to 1. */
const figuresSchema = z
  .strictObject({
    madeAt: stampSchema,
    set: z.strictObject({ name: z.string(), digest: z.string(), photographs: z.int(), people: z.int() }),
    protocol: z.strictObject({
      sentence: z.string(),
      faceRule: z.string(),
      enrolled: z.int(),
      matedSearches: z.int(),
      nonMatedSearches: z.int(),
      listLength: z.int(),
    }),
    failures: z.strictObject({ enrolment: rateSchema, extraction: rateSchema }),
    /** By rank; `rate` is the share of mates listed, `errors` are the misses. */
    cmc: z.array(rateSchema.extend({ rank: z.int() })),
    rankOneMissByPerson: intervalSchema.nullable(),
    thresholds: z.array(
      z.strictObject({
        targetFpir: z.number(),
        threshold: z.number().nullable(),
        fpir: rateSchema,
        fnir: rateSchema,
        fnirByPerson: intervalSchema.nullable(),
        /** Innocent candidates per search of somebody who is not enrolled; may be above 1. */
        selectivity: rateSchema,
        /** False: too few searches for this target. */
        carried: z.boolean(),
        sentence: z.string(),
      }),
    ),
    det: z.array(z.strictObject({ threshold: z.number(), fnir: z.number(), fpir: z.number() })),
    verification: z.array(
      z.strictObject({
        targetFmr: z.number(),
        threshold: z.number().nullable(),
        tar: rateSchema,
        firm: z.boolean(),
      }),
    ),
    calibration: z.strictObject({
      points: z.array(intervalSchema.extend({ score: z.number(), fmr: z.number() })),
      impostorComparisons: z.int(),
      floor: z.number(),
    }),
    groupThreshold: z.number().nullable(),
    groups: z.array(axisSchema),
    /** Null in a report made before this was measured. */
    groupComparisons: z.array(groupComparisonsSchema).nullable(),
    discard: z
      .strictObject({
        threshold: z.number(),
        points: z.array(
          z.strictObject({ fraction: z.number(), leastQuality: z.number().nullable(), rate: rateSchema }),
        ),
        rankCorrelation: z.number().nullable(),
      })
      .nullable(),
    limits: z.array(z.string()),
  })
  .meta({ id: 'EvaluationFigures' })

export type EvaluationFigures = z.infer<typeof figuresSchema>

const cardEvaluationSchema = z
  .strictObject({
    origin: z.enum(['shipped', 'attached']),
    id: z.string().nullable(),
    /** SHA-256 of the whole report. */
    digest: z.string(),
    figures: figuresSchema,
    /** What the similarity floor in force does on this set, each the less favourable of two measured neighbours. */
    atFloor: z.strictObject({ fnir: z.number(), fpir: z.number().nullable() }).nullable(),
  })
  .meta({ id: 'CardEvaluation' })

export type CardEvaluation = z.infer<typeof cardEvaluationSchema>

const networkSchema = z
  .strictObject({
    id: z.string(),
    role: z.enum(['detector', 'landmarks', 'embedder']),
    /** `package@version`, or the id of a model that the agency brought. */
    source: z.string(),
    brought: z.boolean(),
    licence: z.strictObject({ stated: z.string(), note: z.string() }),
    trainingData: z.string(),
    input: z.string(),
    sha256: z.string(),
  })
  .meta({ id: 'CardNetwork' })

export type CardNetwork = z.infer<typeof networkSchema>

const componentSchema = z.strictObject({ code: z.string(), iso: z.int(), title: z.string() })

export const modelCardSchema = z
  .strictObject({
    model: modelSchema,
    origin: z.enum(['built_in', 'registered']),
    serves: z.array(z.string()),
    never: z.array(z.string()),
    networks: z.array(networkSchema),
    operatingPoint: z.strictObject({
      similarityFloor: z.number(),
      since: stampSchema.nullable(),
      change: z.string().nullable(),
      evaluation: z.string().nullable(),
    }),
    evaluations: z.array(cardEvaluationSchema),
    /** One sentence for each report that could not be used. */
    leftOut: z.array(z.string()),
    /** What candidate lists say about innocent candidates rests on these. */
    calibration: z.strictObject({
      origin: z.enum(['engine', 'evaluation']),
      dataset: z.string(),
      impostorComparisons: z.int(),
      points: z.array(z.strictObject({ score: z.number(), fmr: z.number() })),
    }),
    /** Components of ISO/IEC 29794-5; `iso` is 0 for a measure of our own. */
    measured: z.array(componentSchema),
    notMeasured: z.array(componentSchema.extend({ reason: z.string() })),
    limits: z.strictObject({ refuseBelowInterEyePixels: z.number(), warnBelowInterEyePixels: z.number() }),
  })
  .meta({ id: 'ModelCard' })

export type ModelCard = z.infer<typeof modelCardSchema>
