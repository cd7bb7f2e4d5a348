import { createHash } from 'node:crypto'
import type { Examination, Order } from './examination.ts'
import type { Verdict } from './vocabulary.ts'

/**
 * All that an examiner is told before signing, whatever the order: no rank, score, verdict of
 * another person, story of the case, case number or name. Places are pixels of the upright probe.
 */
export interface ExaminationView {
  readonly id: string
  readonly request: string
  readonly order: Order
  readonly openedAt: string
  readonly signed: boolean
  readonly probe: BlindProbe
  /** How many photographs were compared, which, and whether the list is proved: one sentence, the same for everybody. */
  readonly searched: string
  readonly candidates: readonly BlindCandidate[]
}

export interface BlindProbe {
  readonly width: number
  readonly height: number
  readonly face: {
    readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
    readonly landmarks: readonly { readonly x: number; readonly y: number }[]
  }
  /** Plain sentences about what limits a comparison. */
  readonly limitations: readonly string[]
}

export interface BlindCandidate {
  /** Opaque, and another one in every examination. */
  readonly id: string
  /** When the photograph was taken; null when not recorded. */
  readonly photoDate: string | null
  /** The examiner's own verdict so far. */
  readonly verdict: Verdict | null
  readonly note: string | null
}

/** What a view is made from; more than this may be handed in, but nothing more comes out. */
export interface BlindSource {
  readonly examination: Examination
  readonly signed: boolean
  readonly probe: BlindProbe
  readonly searched: string
  readonly candidates: readonly { readonly id: string; readonly photoDate: string | null }[]
  /** The examiner's own verdicts, the latest of each candidate. */
  readonly verdicts: readonly { readonly candidate: string; readonly verdict: Verdict; readonly note: string | null }[]
}

/** Builds the view field by field; the order of candidates is that of their opaque ids, so it is a shuffle. */
export function blindView(source: BlindSource): ExaminationView {
  const { examination, probe } = source
  const candidates = source.candidates.map((candidate) => blindCandidate(source, candidate))
  return {
    id: examination.id,
    request: examination.request,
    order: examination.order,
    openedAt: examination.openedAt,
    signed: source.signed,
    probe: blindProbe(probe),
    searched: source.searched,
    candidates: candidates.sort((left, right) => (left.id < right.id ? -1 : 1)),
  }
}

/**
 * The candidate's name inside one examination: a digest of both ids. The search makes its ids in
 * rank order, so showing those, or any order drawn from them, would show the rank.
 */
export function opaqueCandidateId(examination: string, candidate: string): string {
  const digits = '0123456789abcdefghjkmnpqrstvwxyz'
  const bytes = createHash('sha256').update(`${examination}/${candidate}`).digest().subarray(0, 20)
  return `cand_${Array.from(bytes, (byte) => digits.charAt(byte & 31)).join('')}`
}

function blindCandidate(
  source: BlindSource,
  candidate: { readonly id: string; readonly photoDate: string | null },
): BlindCandidate {
  const own = source.verdicts.find((verdict) => verdict.candidate === candidate.id)
  return {
    id: opaqueCandidateId(source.examination.id, candidate.id),
    photoDate: candidate.photoDate,
    verdict: own?.verdict ?? null,
    note: own?.note ?? null,
  }
}

function blindProbe(probe: BlindProbe): BlindProbe {
  const { x, y, width, height } = probe.face.box
  return {
    width: probe.width,
    height: probe.height,
    face: {
      box: { x, y, width, height },
      landmarks: probe.face.landmarks.map((point) => ({ x: point.x, y: point.y })),
    },
    limitations: [...probe.limitations],
  }
}
