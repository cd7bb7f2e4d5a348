import { canonicalJson, type Ids, sha256Hex } from '../base/index.ts'
import { expectedFalseCandidates, type ModelIdentity } from '../engine/index.ts'
import { type Calibration, expectedInnocents } from '../evaluation/index.ts'
import type { GalleryFilter } from '../gallery/index.ts'

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
  /** The other photographs of the same subject among those searched, best first. */
  readonly others: readonly OtherPhoto[]
}

/** Another booking photograph of a candidate, by its own similarity score. */
export interface OtherPhoto {
  readonly booking: string
  readonly score: number
}

/** What proves that a list is the exact one; searches made before there was a proof have none. */
export interface SearchProof {
  /** Photographs in the gallery, those that were not compared included. */
  readonly enrolled: number
  readonly certified: true
  /** Photographs scored exactly. */
  readonly k: number
  /** No other photograph has a score above this (cosine); -1 when every one was scored exactly. */
  readonly bound: number
}

/** One search that ran: what was searched, with which model, and what came back. */
export interface SearchRecord {
  readonly id: string
  readonly agency: string
  readonly request: string
  readonly permit: string
  readonly model: ModelIdentity
  readonly scale: 'cosine'
  /** Photographs compared. */
  readonly searched: number
  readonly proof: SearchProof | null
  /** What was compared, sources by their ids; null for searches made before there were filters. */
  readonly filter: GalleryFilter | null
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
  readonly proof: SearchProof | null
  /** How much was compared, for people. */
  readonly sentence: string
  readonly returned: number
  readonly startedAt: string
  readonly finishedAt: string
}

/** One line of what the gallery answered, before it is recorded. */
export interface RankedBooking {
  readonly booking: string
  readonly score: number
  readonly photoDate: string | null
  readonly others: readonly OtherPhoto[]
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
  return ranked.map((found, place) => {
    const { expected, floor } = expectedByChance(calibration, found.score, searched)
    return { id: ids.next('cand'), rank: place + 1, ...found, expectedByChance: expected, floor }
  })
}

function expectedByChance(calibration: Calibration | null, score: number, searched: number) {
  if (calibration === null) return expectedFalseCandidates(score, searched)
  const { expected, bound } = expectedInnocents(calibration, score, searched)
  return { expected, floor: bound !== 'none' }
}

/** SHA-256 of the canonical form of the list and of what it is a list of: goes into the log in its place. */
export function listDigest(search: Omit<SearchRecord, 'listDigest' | 'finishedAt'>): string {
  const { id, request, model, scale, searched, proof, filter, threshold, limit, candidates } = search
  const list = candidates.map((candidate) => ({ ...candidate, others: candidate.others.map((one) => ({ ...one })) }))
  const work = { model: { ...model }, scale, searched, proof: proof && { ...proof }, filter: filter && { ...filter } }
  return sha256Hex(canonicalJson({ id, request, ...work, threshold, limit, list }))
}
