import { canonicalJson, type JsonValue, sha256Hex } from '../base/index.ts'
import type { ModelIdentity } from '../engine/index.ts'
import type { Calibration } from './figures/calibration.ts'
import type { DetPoint } from './figures/det-curve.ts'
import type { ComparisonDifferentials, SearchDifferentials } from './figures/differentials.ts'
import type { DiscardPoint } from './figures/discard.ts'
import type { CmcPoint, Rate } from './figures/error-rates.ts'
import type { Interval } from './figures/intervals.ts'
import type { GroupAxis } from './figures/searches.ts'
import type { OperatingThreshold } from './figures/threshold.ts'
import type { TarAtFmr } from './figures/verification.ts'

/** What was measured on. It names no person and no file. */
export interface ReportSet {
  readonly name: string
  /** SHA-256 over paths, labels, roles and contents of all photographs. */
  readonly digest: string
  readonly photographs: number
  readonly people: number
  /** Lines and files that were left out because they could not be used. */
  readonly leftAside: number
}

/** How it was measured. */
export interface ReportProtocol {
  /** How photographs became searches. */
  readonly sentence: string
  readonly faceRule: string
  readonly seed: number
  readonly leftOut: number
  /** N, people in the gallery who have a template. */
  readonly enrolled: number
  readonly matedSearches: number
  readonly nonMatedSearches: number
  /** L, candidates on a list. */
  readonly listLength: number
}

export interface ReportFailures {
  /** FTE: photographs meant for the gallery of which no template could be made. */
  readonly enrolment: Rate
  /** FTX: the same for probes. */
  readonly extraction: Rate
  /** Over all photographs, most frequent first. */
  readonly byCode: readonly { readonly code: string; readonly photographs: number }[]
  readonly severalFaces: number
}

/** What one threshold does, set for a target FPIR in the measured gallery. */
export interface OperatingPoint {
  readonly threshold: OperatingThreshold
  /** FNIR(N,L,T); of the whole list when no threshold can be set. */
  readonly fnir: Rate
  /** 95 % interval of FNIR with people, not searches, drawn again (bootstrap); null with fewer than two people. */
  readonly fnirByPerson: Interval | null
  /** SEL(N,T), innocent candidates per non-mated search. */
  readonly selectivity: Rate
}

export interface ReportVerification {
  readonly genuine: number
  readonly impostor: number
  /** All pairs of two people; more than `impostor` when an even sample was compared. */
  readonly impostorPairs: number
  readonly failedGenuine: number
  /** d', in standard deviations; null when it is undefined. */
  readonly dPrime: number | null
  readonly tar: readonly TarAtFmr[]
}

/** Two photographs of one group compared, at the threshold that FMR 0.1 % over everybody asks for. */
export interface ReportGroupComparisons extends ComparisonDifferentials {
  readonly axis: GroupAxis
  readonly threshold: number
  /** FMR of that threshold over pairs of everybody. */
  readonly everybody: Rate
  /** All pairs of two people of one group; more than were compared when a group was sampled evenly. */
  readonly impostorPairs: number
}

/** How the quality measured beforehand foretells which probes miss their mate. */
export interface ReportDiscard {
  /** Threshold at which FNIR is counted. */
  readonly threshold: number
  readonly points: readonly DiscardPoint[]
  /** Correlation of the order of quality and mate score, -1 to 1; null when it is undefined. */
  readonly rankCorrelation: number | null
}

/** Everything an evaluation found; plain JSON. */
export interface EvaluationReport {
  readonly schemaVersion: 1
  /** UTC ISO time. */
  readonly madeAt: string
  readonly model: ModelIdentity
  readonly set: ReportSet
  readonly protocol: ReportProtocol
  readonly failures: ReportFailures
  /** CMC(R), the share of mates among the first R, whatever their score. */
  readonly cmc: readonly CmcPoint[]
  /** Interval of the miss at rank 1 with people drawn again. */
  readonly rankOneMissByPerson: Interval | null
  /** For target FPIRs of 10, 1 and 0.1 %; empty without non-mated searches. */
  readonly operatingPoints: readonly OperatingPoint[]
  readonly det: readonly DetPoint[]
  readonly verification: ReportVerification
  readonly calibration: Calibration
  /** Threshold of the group tables, that of FPIR 1 %; null when there is none: then rank 1 at any score is read. */
  readonly groupThreshold: number | null
  /** Error rates by group of the probe's person; only axes that somebody recorded or measured. */
  readonly groups: readonly SearchDifferentials[]
  /**
   * FMR and FNMR within each group, both photographs of it; empty without an axis or a threshold. Reports made before
   * this was measured lack it.
   */
  readonly groupComparisons?: readonly ReportGroupComparisons[]
  /** Null when the engine measures no quality. */
  readonly discard: ReportDiscard | null
  /** What these figures cannot tell; one sentence each. */
  readonly limits: readonly string[]
}

/** SHA-256 of the report's one canonical form: what an approval of a threshold or model refers to. */
export function digestOf(report: EvaluationReport): string {
  return sha256Hex(canonicalJson(report as unknown as JsonValue))
}
