import { agencyById } from '../access/index.ts'
import { type ExaminationRecord, type RecordCandidate, type RecordExamination, recordOf } from '../examination/index.ts'
import { bookingForExamination, photoAgeYears } from '../gallery/index.ts'
import { crimeLabel, type Probe, probeOf, type SearchRequest } from '../intake/index.ts'
import { decisionOf } from '../policy/index.ts'
import type { Tx } from '../store/index.ts'
import { disclaimerOf } from './disclaimer.ts'
import { expectedSentence } from './expected-by-chance.ts'
import type { Lead } from './lead.ts'
import type { LeadCandidate, LeadExaminer, LeadFile, LeadProbe, LeadRequest } from './lead-file.ts'
import { corroborationsOf, newestPhotoDateOf, reliancesOf } from './records.ts'
import { day } from './sheet-words.ts'

/** The file of a lead, for a reader who may have it. */
export async function loadLead(tx: Tx, lead: Lead, request: SearchRequest): Promise<LeadFile> {
  const record = await recordOf(tx, lead.request)
  const probe = await probeOf(tx, request.probe)
  if (!record.ok || probe === null) throw new TypeError(`Lead ${lead.id} has lost its search or its probe.`)
  const named = candidateNamed(record.value, lead)
  const booking = await bookingForExamination(tx, lead.booking)
  const newestPhotoDate = await newestPhotoDateOf(tx, lead.booking)
  const examiners = record.value.examinations.flatMap(examinerOf)
  return {
    lead,
    disclaimer: disclaimerOf(lead.disclaimerVersion),
    request: await requestPart(tx, request),
    policyDigest: (await decisionOf(tx, lead.request))?.policyDigest ?? null,
    probe: probePart(probe, request),
    candidate: {
      ...candidatePart(named),
      bookingNumber: booking?.bookingNumber ?? 'not recorded',
      photoAgeYears: named.photoDate === null ? null : photoAgeYears(named.photoDate, lead.issuedAt),
      newestPhotoDate,
    },
    ...searchPart(record.value, named),
    candidates: record.value.candidates.map(candidatePart),
    examiners,
    settledBy: record.value.settledBy ?? 'none',
    limitations: [
      ...limitationsOf(probe, request),
      ...newerPhotograph(named.photoDate, newestPhotoDate),
      ...writtenLimitations(examiners),
    ],
    corroborations: await corroborationsOf(tx, lead.id),
    reliance: await reliancesOf(tx, lead.id),
  }
}

function candidateNamed(record: ExaminationRecord, lead: Lead): RecordCandidate {
  const named = record.candidates.find((candidate) => candidate.id === lead.candidate)
  if (named === undefined) throw new TypeError(`Lead ${lead.id} names a candidate that its search never listed.`)
  return named
}

async function requestPart(tx: Tx, request: SearchRequest): Promise<LeadRequest> {
  const agency = await agencyById(tx, request.agency)
  const { id, createdAt, caseNumber, crimeCode, purpose, requester, requesterName } = request
  return {
    ...{ id, createdAt, caseNumber, crimeCode, purpose, requester, requesterName },
    crimeLabel: crimeLabel(crimeCode),
    agencyOri: agency?.ori ?? request.beneficiaryOri,
    agencyName: agency?.name ?? request.agency,
  }
}

function probePart(probe: Probe, request: SearchRequest): LeadProbe {
  const { width, height } = probe
  const whole = { x: 0, y: 0, width, height }
  const box = probe.faces[request.faceIndex]?.box ?? whole
  return { id: probe.id, width, height, face: box, capturedAt: request.capturedAt }
}

function candidatePart(candidate: RecordCandidate): LeadCandidate {
  const { id, booking, rank, score, photoDate, verdicts } = candidate
  const verdictOf = (order: number) => verdicts.find((verdict) => verdict.order === order)?.verdict ?? null
  return {
    ...{ id, booking, rank, score, photoDate },
    verdictFirst: verdictOf(1),
    verdictSecond: verdictOf(2),
    verdictThird: verdictOf(3),
  }
}

function searchPart(record: ExaminationRecord, named: RecordCandidate) {
  const { model, searched, threshold, proof, narrowed, searchSentence } = record
  const { expectedByChance: expected, floor } = named
  const sentence = expectedSentence(searched, expected, floor)
  return {
    model,
    searched,
    threshold,
    proof,
    narrowed,
    searchSentence,
    expectedByChance: { expected, floor, sentence },
  }
}

function examinerOf(examination: RecordExamination): readonly LeadExaminer[] {
  const { signature } = examination
  if (signature === null) return []
  const { conclusion, limitations, justification, signedAt, digest } = signature
  const { name } = examination.examiner
  return [{ order: examination.order, name, conclusion, limitations, justification, signedAt, digest }]
}

function limitationsOf(probe: Probe, request: SearchRequest): readonly string[] {
  const document =
    request.probeSource === 'document_photo'
      ? ['The probe is a photograph of a document; it may not show the person sought.']
      : []
  return [...(probe.faces[request.faceIndex]?.limitations ?? []), ...document]
}

/** Newest first is the rule of comparison: an older photograph is named as such. */
function newerPhotograph(shown: string | null, newest: string | null): readonly string[] {
  if (shown === null || newest === null || newest <= shown) return []
  return [`The gallery holds a newer photograph of the person of this booking, taken ${day(newest)}. Compare it, too.`]
}

function writtenLimitations(examiners: readonly LeadExaminer[]): readonly string[] {
  return examiners.flatMap((one) => (one.limitations === null ? [] : [`${one.limitations} (${one.name})`]))
}
