import type { Actor, Role } from '../../access/index.ts'
import { countingIds, fixedClock, type Outcome } from '../../base/index.ts'
import { createFakeEngine } from '../../engine/index.ts'
import {
  attachEvaluation,
  type EvaluationReport,
  type ExaminedModel,
  type Rate,
  type RegistryDeps,
  registerModel,
} from '../../evaluation/index.ts'
import { enrolBooking, registerSource } from '../../gallery/index.ts'
import { openTestStore, sql, type TestStore } from '../../store/index.ts'
import type { OperatingPointDeps, Proposal } from './operating-point.ts'
import { proposeOperatingPoint } from './propose-operating-point.ts'

/** For tests: a bureau with the fake engine built in, and a second model that anybody may register. */
export interface TestModels {
  readonly store: TestStore
  readonly deps: OperatingPointDeps & RegistryDeps
  /** Enrols one photograph with the built-in model. */
  enrol(name: string): Promise<string>
  /** Attaches an evaluation and returns its id. */
  evaluate(report: EvaluationReport): Promise<string>
  /** Proposes the brought model with good evaluations of both. */
  proposeBrought(): Promise<Proposal>
  acts(): Promise<readonly { readonly act: string; readonly facts: Readonly<Record<string, unknown>> }[]>
}

export const BUILT_IN = createFakeEngine()
export const BROUGHT = createFakeEngine('brought-model')
export const BUILT_IN_FLOOR = 0.35

export function person(name: string, ...roles: readonly Role[]): Actor {
  return { account: `acct_${name}`, agency: 'agcy_test', ori: 'CA0190000', name: `Name of ${name}`, roles }
}

export const CHIEF = person('chief', 'administrator')
export const [ANN, BEN, CAM] = [
  person('ann', 'supervisor'),
  person('ben', 'supervisor'),
  person('cam', 'administrator'),
] as const

export function rate(errors: number, trials: number): Rate {
  return { errors, trials, rate: trials === 0 ? null : errors / trials, low: 0, high: 1 }
}

export interface ReportWishes {
  readonly model?: { readonly id: string; readonly sha256: string; readonly dimension: number }
  readonly misses?: number
  readonly mated?: number
  readonly nonMated?: number
  readonly failures?: number
  readonly set?: string
  readonly seed?: number
  /** FMR from score 0.2 on, a tenth for each 0.1. */
  readonly measured?: boolean
}

/** A report of 500 mated searches, 20 of them missed at FPIR 1 %. */
export function reportOf(wishes: ReportWishes = {}): EvaluationReport {
  const { model = BUILT_IN.model, misses = 20, mated = 500, nonMated = 500, failures = 2 } = wishes
  const threshold = { threshold: 0.4, targetFpir: 0.01, sentence: '', extrapolated: false, carried: true }
  const points = [0.2, 0.3, 0.4, 0.5].map((score, at) => ({ score, fmr: 10 ** -(at + 2), low: 0, high: 1 }))
  return {
    schemaVersion: 1,
    madeAt: '2026-11-22T15:00:00.00Z',
    model,
    set: { name: 'faces', digest: (wishes.set ?? 'a').repeat(64), photographs: 1500, people: 800, leftAside: 0 },
    protocol: { seed: wishes.seed ?? 1, leftOut: 300, matedSearches: mated, nonMatedSearches: nonMated },
    failures: { enrolment: rate(failures, 500), extraction: rate(0, 1000), byCode: [], severalFaces: 0 },
    operatingPoints: [{ threshold, fnir: rate(misses, mated), fnirByPerson: null, selectivity: rate(5, nonMated) }],
    det: [0.1, 0.2, 0.3, 0.4, 0.9].map((at) => ({ threshold: at, fnir: at / 4, fpir: (1 - at) / 4 })),
    calibration: { points: wishes.measured === false ? [] : points, impostorComparisons: 1e6, floor: 3e-5 },
    limits: [],
  } as unknown as EvaluationReport
}

export async function openTestModels(): Promise<TestModels> {
  const store = await openTestStore()
  const common = { store, clock: fixedClock('2026-11-22T15:00:00Z'), ids: countingIds() }
  const deps = { ...common, builtIn: BUILT_IN.model, builtInFloor: BUILT_IN_FLOOR, examineModel: examineBrought }
  const custodian = person('custodian', 'custodian')
  const jail = { name: 'County jail', legalBasis: 'Penal Code section 13150', class: 'county_booking' } as const
  const source = must(await registerSource(deps, custodian, jail)).id
  const evaluate = async (report: EvaluationReport) => must(await attachEvaluation(deps, CHIEF, { report })).id
  return {
    store,
    deps,
    enrol: async (name) => {
      const days = { bookedAt: '2024-05-31', capturedAt: '2024-05-31', birthYear: 1990, sex: 'F' } as const
      const who = { source, bookingNumber: `B-${name}`, personKey: name, chargeUcr: null }
      const image = new TextEncoder().encode(`PERSON:${name}:booking`)
      const enrolling = { ...common, engine: BUILT_IN }
      return must(await enrolBooking(enrolling, custodian, { ...days, ...who, image })).booking.id
    },
    evaluate,
    proposeBrought: async () => {
      must(await registerModel(deps, CHIEF, { manifestPath: 'brought.json' }))
      await evaluate(reportOf())
      const evaluation = await evaluate(reportOf({ model: BROUGHT.model, misses: 18 }))
      const change = { modelSha256: BROUGHT.model.sha256, similarityFloor: 0.3, evaluation }
      return must(await proposeOperatingPoint(deps, CHIEF, change))
    },
    acts: () => readLog(store),
  }
}

const examineBrought: RegistryDeps['examineModel'] = async () => {
  const examined: ExaminedModel = {
    identity: BROUGHT.model,
    fileSha256: 'f'.repeat(64),
    manifest: { id: BROUGHT.model.id },
    licence: 'MIT',
    licenceOverridden: false,
    keep: async () => {},
  }
  return { ok: true, value: examined }
}

export function must<T>(outcome: Outcome<T, string>): T {
  if (outcome.ok) return outcome.value
  throw new Error(`${outcome.problem.code}: ${outcome.problem.message}`)
}

export function codeOf(outcome: Outcome<unknown, string>): string {
  return outcome.ok ? 'ok' : outcome.problem.code
}

async function readLog(store: TestStore): ReturnType<TestModels['acts']> {
  return await store.transaction({ agency: null }, async (tx) => {
    const { rows } = await sql<{ leaf: string }>`select leaf from log_entry order by id`.execute(tx)
    return rows.map((row) => JSON.parse(row.leaf))
  })
}
