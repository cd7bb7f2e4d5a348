import { isId, toStamp } from '../base/index.ts'
import { sql, type Tx } from '../store/index.ts'
import { mayFollow, NEXT_STATES, type RequestState, type SearchRequest } from './request.ts'
import type { RequestFilter } from './request-filter.ts'
import type { AcquisitionBasis, Depicts, Predicate, ProbeSource, Purpose } from './vocabulary.ts'

interface RequestRow {
  readonly id: string
  readonly agency: string
  readonly requester: string
  readonly requester_name: string
  readonly created_at: Date
  readonly case_number: string
  readonly crime_code: string
  readonly crime_statute: string | null
  readonly purpose: Purpose
  readonly predicate_level: Predicate
  readonly predicate_narrative: string
  readonly beneficiary_ori: string
  readonly probe: string
  readonly face_index: number
  readonly probe_source: ProbeSource
  readonly acquisition_basis: AcquisitionBasis
  readonly acquisition_from: string
  readonly acquisition_at: Date | null
  readonly depicts: Depicts
  readonly attested: boolean
  readonly captured_at: Date | null
  readonly other_means_tried: string | null
  readonly conflict_declared: boolean
  readonly conflict_note: string | null
  readonly candidate_limit: number
  readonly filter: RequestFilter | null
  readonly state: RequestState
}

const COLUMNS = sql.raw(`id, agency, requester, requester_name, created_at, case_number, crime_code, crime_statute,
  purpose, predicate_level, predicate_narrative, beneficiary_ori, probe, face_index, probe_source, acquisition_basis,
  acquisition_from, acquisition_at, depicts, attested, captured_at, other_means_tried, conflict_declared,
  conflict_note, candidate_limit, filter, state`)

/** Lists are read newest first and stop here; older requests are reached by their id. */
const LIST_LENGTH = 500

export async function insertRequest(tx: Tx, request: SearchRequest, caseSalt: string): Promise<void> {
  const r = request
  await sql`insert into request (${COLUMNS}, case_salt)
    values (${r.id}, ${r.agency}, ${r.requester}, ${r.requesterName}, ${r.createdAt}, ${r.caseNumber}, ${r.crimeCode},
      ${r.crimeStatute}, ${r.purpose}, ${r.predicate.level}, ${r.predicate.narrative}, ${r.beneficiaryOri}, ${r.probe},
      ${r.faceIndex}, ${r.probeSource}, ${r.acquisition.basis}, ${r.acquisition.from}, ${r.acquisition.at},
      ${r.depicts}, ${r.attested}, ${r.capturedAt}, ${r.otherMeansTried}, ${r.conflictDeclared}, ${r.conflictNote},
      ${r.limit}, ${r.filter === null ? null : JSON.stringify(r.filter)}::jsonb, ${r.state}, ${caseSalt})`.execute(tx)
}

/** The request, when the transaction's agency owns it. */
export async function requestOf(tx: Tx, id: string): Promise<SearchRequest | null> {
  if (!isId('req', id)) return null
  const { rows } = await sql<RequestRow>`select ${COLUMNS} from request where id = ${id}`.execute(tx)
  return rows[0] === undefined ? null : requestOfRow(rows[0])
}

/** Like `requestOf`, and nobody else changes its state until the transaction ends. */
export async function lockRequest(tx: Tx, id: string): Promise<SearchRequest | null> {
  if (!isId('req', id)) return null
  const { rows } = await sql<RequestRow>`select ${COLUMNS} from request where id = ${id} for update`.execute(tx)
  return rows[0] === undefined ? null : requestOfRow(rows[0])
}

/** The agency's requests that stand in one of the states, oldest first. */
export async function requestsIn(tx: Tx, states: readonly RequestState[]): Promise<readonly SearchRequest[]> {
  const { rows } = await sql<RequestRow>`select ${COLUMNS} from request
    where state = any(${[...states]}::text[]) order by created_at, id`.execute(tx)
  return rows.map(requestOfRow)
}

/** Newest first: one requester's, or with null the whole agency's. */
export async function latestRequests(tx: Tx, requester: string | null): Promise<readonly SearchRequest[]> {
  const { rows } = await sql<RequestRow>`select ${COLUMNS} from request
    where ${requester}::text is null or requester = ${requester}
    order by created_at desc, id desc limit ${LIST_LENGTH}`.execute(tx)
  return rows.map(requestOfRow)
}

/** @returns false when the request does not stand in a state that `to` may follow. */
export async function updateState(tx: Tx, id: string, to: RequestState): Promise<boolean> {
  const before = (Object.keys(NEXT_STATES) as RequestState[]).filter((state) => mayFollow(state, to))
  const { rows } = await sql`update request set state = ${to}
    where id = ${id} and state = any(${before}::text[]) returning id`.execute(tx)
  return rows.length === 1
}

function requestOfRow(row: RequestRow): SearchRequest {
  return {
    id: row.id,
    agency: row.agency,
    requester: row.requester,
    requesterName: row.requester_name,
    createdAt: toStamp(row.created_at),
    caseNumber: row.case_number,
    crimeCode: row.crime_code,
    crimeStatute: row.crime_statute,
    purpose: row.purpose,
    predicate: { level: row.predicate_level, narrative: row.predicate_narrative },
    beneficiaryOri: row.beneficiary_ori,
    probe: row.probe,
    faceIndex: row.face_index,
    probeSource: row.probe_source,
    acquisition: { basis: row.acquisition_basis, from: row.acquisition_from, at: stampOrNull(row.acquisition_at) },
    depicts: row.depicts,
    attested: row.attested,
    capturedAt: stampOrNull(row.captured_at),
    otherMeansTried: row.other_means_tried,
    conflictDeclared: row.conflict_declared,
    conflictNote: row.conflict_note,
    limit: row.candidate_limit,
    filter: row.filter,
    state: row.state,
  }
}

function stampOrNull(at: Date | null): string | null {
  return at === null ? null : toStamp(at)
}
