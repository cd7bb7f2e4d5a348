import { type Actor, scopeOf } from '../access/index.ts'
import { append } from '../audit/index.ts'
import { done, type Outcome, refuse, toStamp } from '../base/index.ts'
import { bookingForExamination, type GallerySearchResult } from '../gallery/index.ts'
import { lockRequest, moveRequest } from '../intake/index.ts'
import { moratoriumInForce, moratoriumOf } from '../policy/index.ts'
import type { Tx } from '../store/index.ts'
import type { AuthorisedSearch } from './authorise-search.ts'
import { candidateList, listDigest, type RankedBooking, type SearchRecord } from './candidate-list.ts'
import { insertSearch } from './records.ts'
import type { SearchDeps } from './search-deps.ts'

export type RecordCode = 'moratorium' | 'request_already_searched'

interface Found extends GallerySearchResult {
  readonly threshold: number
  readonly startedAt: string
}

/** Keeps the candidate list, unless a moratorium began while the search ran: then nothing of it is kept. */
export async function recordSearch(
  deps: SearchDeps,
  actor: Actor,
  search: AuthorisedSearch,
  found: Found,
): Promise<Outcome<SearchRecord, RecordCode>> {
  return await deps.store.act(scopeOf(actor), async (tx): Promise<Outcome<SearchRecord, RecordCode>> => {
    const request = await lockRequest(tx, search.request.id)
    if (request?.state !== 'permitted') {
      const message = 'Another search of this request finished first; this one was not kept.'
      return refuse('request_already_searched', message, 'Open the request to see its search.')
    }
    if ((await moratoriumOf(tx)) !== null) return moratoriumInForce()
    const record = recordFrom(deps, search, found, await withPhotoDates(tx, found))
    await insertSearch(tx, record)
    await moveRequest(tx, request.id, 'searched')
    await logSearch(deps, tx, actor, record)
    return done(record)
  })
}

async function withPhotoDates(tx: Tx, found: Found): Promise<readonly RankedBooking[]> {
  const ranked: RankedBooking[] = []
  for (const { booking, score, others } of found.candidates) {
    const known = await bookingForExamination(tx, booking)
    const bare = others.map((other) => ({ booking: other.booking, score: other.score }))
    ranked.push({ booking, score, photoDate: known?.capturedAt ?? null, others: bare })
  }
  return ranked
}

function recordFrom(
  deps: SearchDeps,
  search: AuthorisedSearch,
  found: Found,
  ranked: readonly RankedBooking[],
): SearchRecord {
  const record = {
    id: search.id,
    agency: search.request.agency,
    request: search.request.id,
    permit: search.permit.id,
    model: found.model,
    scale: 'cosine',
    searched: found.searched,
    proof: { enrolled: found.enrolled, certified: found.certified, k: found.k, bound: found.bound },
    filter: search.filter,
    threshold: found.threshold,
    limit: search.request.limit,
    startedAt: found.startedAt,
    candidates: candidateList(ranked, found.searched, deps.ids, search.point.calibration),
  } as const
  return { ...record, finishedAt: toStamp(deps.clock.now()), listDigest: listDigest(record) }
}

async function logSearch(deps: SearchDeps, tx: Tx, actor: Actor, record: SearchRecord): Promise<void> {
  const { request, searched, threshold, listDigest, proof } = record
  const facts = { request, searched, returned: record.candidates.length, threshold, listDigest, ...proof }
  const { account, agency } = actor
  await append(tx, deps, { act: 'search.completed', actor: account, agency, about: record.id, facts })
}
