import { canonicalJson, type Ids, sha256Hex } from '../base/index.ts'
import { expectedFalseCandidates, type ModelIdentity } from '../engine/index.ts'
import { type Calibration, expectedInnocents } from '../evaluation/index.ts'

/** A booking photograph the engine found similar. Nothing is concluded yet. */
export interface Candidate {
  /** Opaque, `cand_...`: tells nothing about rank or person. */
  readonly id: string
  readonly booking: string
  /** 1 is the highest similarity score. */
  readonly rank: number
  /** Cosine, -1 to 1; not a probability. */
  readonly score: number
  /** When the booking photograph was taken, ISO; null when the booking does not say. */
  readonly photoDate: string | null
  /** How many innocent people a search of this size is expected to bring at this score or above. */
  readonly expectedByChance: number
  /** True when the score lies beyond the measured range, so that `expectedByChance` is only a bound. */
  readonly floor: boolean
}

/** One search that ran: what was searched, with which model, and what came back. */
export interface SearchRecord {
  readonly id: string
  readonly agency: string
  readonly request: string
  readonly permit: string
  readonly model: ModelIdentity
  readonly scale: 'cosine'
  /** Photographs searched. */
  readonly searched: number
  /** No candidate below this score was listed. */
  readonly threshold: number
  readonly limit: number
  readonly startedAt: string
  readonly finishedAt: string
  /** SHA-256 of the canonical candidate list. */
  readonly listDigest: string
  /** By rank; may be empty, which is a normal answer. */
  readonly candidates: readonly Candidate[]
}

/** What the requester may see before the examiners have decided. */
export interface SearchSummary {
  readonly id: string
  readonly request: string
  readonly searched: number
  readonly returned: number
  readonly startedAt: string
  readonly finishedAt: string
}

/** One line of what the gallery answered, before it is recorded. */
export interface RankedBooking {
  readonly booking: string
  readonly score: number
  readonly photoDate: string | null
}

/**
 * Numbers a list from the highest score and says for each what chance alone is expected to bring.
 * @param calibration of the evaluation that the operating point rests on; the engine's own when null
 */
export function candidateList(
  ranked: readonly RankedBooking[],
  searched: number,
  ids: Ids,
  calibration: Calibration | null = null,
): readonly Candidate[] {
  return ranked.map(({ booking, score, photoDate }, place) => {
    const { expected, floor } = expectedByChance(calibration, score, searched)
    return { id: ids.next('cand'), booking, rank: place + 1, score, photoDate, expectedByChance: expected, floor }
  })
}

function expectedByChance(calibration: Calibration | null, score: number, searched: number) {
  if (calibration === null) return expectedFalseCandidates(score, searched)
  const { expected, bound } = expectedInnocents(calibration, score, searched)
  return { expected, floor: bound !== 'none' }
}

/** SHA-256 of the canonical form of the list and of what it is a list of: goes into the log in its place. */
export function listDigest(search: Omit<SearchRecord, 'listDigest' | 'finishedAt'>): string {
  const { id, request, model, scale, searched, threshold, limit, candidates } = search
  const list = candidates.map((candidate) => ({ ...candidate }))
  return sha256Hex(canonicalJson({ id, request, model: { ...model }, scale, searched, threshold, limit, list }))
}
