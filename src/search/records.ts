import { isId, toStamp } from '../base/index.ts'
import type { GalleryFilter } from '../gallery/index.ts'
import { sql, type Tx } from '../store/index.ts'
import type { Candidate, OtherPhoto, SearchProof, SearchRecord } from './candidate-list.ts'

interface RunRow {
  readonly id: string
  readonly agency: string
  readonly request: string
  readonly permit: string
  readonly model_id: string
  readonly model_sha256: string
  readonly model_dimension: number
  readonly searched: number
  readonly threshold: number
  readonly candidate_limit: number
  readonly started_at: Date
  readonly finished_at: Date
  readonly list_digest: string
  readonly filter: GalleryFilter | null
  readonly enrolled: number | null
  readonly certified: boolean
  readonly exactly_scored: number | null
  readonly bound: number | null
}

interface CandidateRow {
  readonly id: string
  readonly booking: string
  readonly rank: number
  readonly score: number
  readonly photo_date: string | null
  readonly expected_by_chance: number
  readonly floor: boolean
  readonly others: readonly OtherPhoto[]
}

export async function insertSearch(tx: Tx, search: SearchRecord): Promise<void> {
  const { id, agency, model, proof, filter } = search
  await sql`insert into search_run (id, agency, request, permit, model_id, model_sha256, model_dimension, searched,
      threshold, candidate_limit, started_at, finished_at, list_digest, filter, enrolled, certified,
      exactly_scored, bound)
    values (${id}, ${agency}, ${search.request}, ${search.permit}, ${model.id}, ${model.sha256}, ${model.dimension},
      ${search.searched}, ${search.threshold}, ${search.limit}, ${search.startedAt}, ${search.finishedAt},
      ${search.listDigest}, ${filter === null ? null : JSON.stringify(filter)}::jsonb, ${proof?.enrolled ?? null},
      ${proof?.certified ?? false}, ${proof?.k ?? null}, ${proof?.bound ?? null})`.execute(tx)
  for (const candidate of search.candidates) await insertCandidate(tx, id, agency, candidate)
}

/** The search of a request of the transaction's agency, with its candidate list by rank. */
export async function searchOf(tx: Tx, request: string): Promise<SearchRecord | null> {
  if (!isId('req', request)) return null
  const { rows } = await sql<RunRow>`select id, agency, request, permit, model_id, model_sha256, model_dimension,
      searched, threshold, candidate_limit, started_at, finished_at, list_digest, filter, enrolled, certified,
      exactly_scored, bound
    from search_run where request = ${request}`.execute(tx)
  return rows[0] === undefined ? null : searchOfRow(rows[0], await candidatesOf(tx, rows[0].id))
}

async function candidatesOf(tx: Tx, search: string): Promise<readonly Candidate[]> {
  const { rows } = await sql<CandidateRow>`select id, booking, rank, score, photo_date::text as photo_date,
      expected_by_chance, floor, others
    from candidate where search_run = ${search} order by rank`.execute(tx)
  return rows.map(({ photo_date, expected_by_chance, ...same }) => {
    return { ...same, photoDate: photo_date, expectedByChance: expected_by_chance }
  })
}

async function insertCandidate(tx: Tx, search: string, agency: string, candidate: Candidate): Promise<void> {
  const { id, booking, rank, score, photoDate, expectedByChance, floor, others } = candidate
  await sql`insert into candidate (id, agency, search_run, booking, rank, score, photo_date, expected_by_chance, floor,
      others)
    values (${id}, ${agency}, ${search}, ${booking}, ${rank}, ${score}, ${photoDate}, ${expectedByChance},
      ${floor}, ${JSON.stringify(others)}::jsonb)`.execute(tx)
}

function searchOfRow(row: RunRow, candidates: readonly Candidate[]): SearchRecord {
  return {
    id: row.id,
    agency: row.agency,
    request: row.request,
    permit: row.permit,
    model: { id: row.model_id, sha256: row.model_sha256, dimension: row.model_dimension },
    scale: 'cosine',
    searched: row.searched,
    proof: proofOfRow(row),
    filter: row.filter,
    threshold: row.threshold,
    limit: row.candidate_limit,
    startedAt: toStamp(row.started_at),
    finishedAt: toStamp(row.finished_at),
    listDigest: row.list_digest,
    candidates,
  }
}

function proofOfRow({ enrolled, certified, exactly_scored: k, bound }: RunRow): SearchProof | null {
  return certified && enrolled !== null && k !== null && bound !== null ? { enrolled, certified, k, bound } : null
}
