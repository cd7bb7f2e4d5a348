import { type Actor, agencyById, caseNumberExpression } from '../access/index.ts'
import { toStamp } from '../base/index.ts'
import { sourcesFor } from '../gallery/index.ts'
import { galleryFilter, isCrimeCode, type SearchRequest } from '../intake/index.ts'
import type { Tx } from '../store/index.ts'
import { validCertificate } from '../training/index.ts'
import type { Facts } from './facts.ts'
import type { PolicyDeps } from './policy-deps.ts'
import { moratoriumOf } from './records.ts'

/** The one gallery there is. */
const GALLERY = 'county'

/** What is true now about the request, its requester, their agency and the gallery. */
export async function gatherFacts(
  deps: Pick<PolicyDeps, 'clock'>,
  tx: Tx,
  actor: Actor,
  request: SearchRequest,
): Promise<Facts> {
  const now = deps.clock.now()
  const agency = await agencyById(tx, actor.agency)
  const certificate = await validCertificate(tx, actor.account, 'requester', now)
  const sources = await sourcesFor(tx, actor.agency)
  const moratorium = await moratoriumOf(tx)
  const caseNumberPattern = agency?.caseNumberPattern ?? ''
  return {
    at: toStamp(now),
    actor: { account: actor.account, agency: actor.agency, ori: actor.ori, roles: [...actor.roles].sort() },
    certificate: certificate && { id: certificate.id, track: certificate.track, expiresAt: certificate.expiresAt },
    agency: { caseNumberPattern, caseNumberExample: agency?.caseNumberExample ?? '' },
    request: requestFacts(request, caseNumberPattern),
    gallery: { id: GALLERY, classes: [...new Set(sources.map((source) => source.class))].sort() },
    moratorium: moratorium?.id ?? null,
  }
}

function requestFacts(request: SearchRequest, pattern: string): Facts['request'] {
  const { id, caseNumber, crimeCode, purpose, beneficiaryOri, probe, faceIndex } = request
  return {
    id,
    caseNumber,
    caseNumberWellFormed: pattern !== '' && (caseNumberExpression(pattern)?.test(caseNumber) ?? false),
    crimeCode,
    crimeKnown: isCrimeCode(crimeCode),
    purpose,
    predicate: request.predicate.level,
    narrativeLength: request.predicate.narrative.length,
    beneficiaryOri,
    probe,
    faceIndex,
    probeSource: request.probeSource,
    acquisitionBasis: request.acquisition.basis,
    attested: request.attested,
    depicts: request.depicts,
    conflictDeclared: request.conflictDeclared,
    limit: request.limit,
    filter: galleryFilter(request.filter),
  }
}
