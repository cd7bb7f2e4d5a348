import { crimeLabel } from '../../intake/index.ts'
import {
  CORROBORATION_TYPES,
  type CorroborationRecord,
  disclaimerText,
  type Reliance as KeptReliance,
  type LeadSummary as KeptSummary,
  type LeadCandidate,
  type LeadFile,
} from '../../leads/index.ts'
import type { Corroboration, LeadPage, LeadSummary, Reliance } from '../contract/index.ts'

type Names = ReadonlyMap<string, string>

export function summaryBody(lead: KeptSummary): LeadSummary {
  const { id, request, issuedAt, status, corroborations, requesterName } = lead
  const { caseNumber, crimeCode } = lead
  const crime = { caseNumber, crimeCode, crimeLabel: crimeLabel(crimeCode) }
  return { id, request, issuedAt, status, corroborations, requesterName, ...crime }
}

export function pageBody(file: LeadFile, names: Names): LeadPage {
  const { lead, candidate, searched, threshold, settledBy, limitations, proof, narrowed, searchSentence } = file
  return {
    ...{ id: lead.id, issuedAt: lead.issuedAt, status: lead.status, searched, threshold, settledBy },
    ...{ proof: proof && { ...proof }, narrowed, searchSentence },
    disclaimer: disclaimerText(file.disclaimer),
    log: lead.log,
    request: caseBody(file),
    probe: probeBody(file),
    candidate: {
      ...{ id: candidate.id, imageUrl: imageUrl(lead.id, candidate.id), photoDate: candidate.photoDate },
      ...{ photoAgeYears: candidate.photoAgeYears, rank: candidate.rank, score: candidate.score },
      ...{ scale: 'cosine', model: file.model, bookingNumber: candidate.bookingNumber },
    },
    expectedByChance: chanceBody(file),
    candidates: file.candidates.map((one) => candidateBody(lead.id, one)),
    examiners: file.examiners.map(examinerBody),
    limitations: [...limitations],
    corroborations: file.corroborations.map((record) => evidenceBody(record, names)),
    reliance: file.reliance.map((record) => relianceOf(record, names)),
  }
}

function caseBody({ request }: LeadFile): LeadPage['request'] {
  const { id, createdAt, caseNumber, crimeCode, crimeLabel, purpose, requesterName, agencyName, agencyOri } = request
  return { id, createdAt, caseNumber, crimeCode, crimeLabel, purpose, requesterName, agencyName, agencyOri }
}

function chanceBody({ expectedByChance }: LeadFile): LeadPage['expectedByChance'] {
  const { expected, floor, sentence } = expectedByChance
  return { expected, floor, sentence }
}

function examinerBody(examiner: LeadFile['examiners'][number]): LeadPage['examiners'][number] {
  const { order, name, conclusion, limitations, justification, signedAt, digest } = examiner
  return { order, name, conclusion, limitations, justification, signedAt, digest }
}

function probeBody(file: LeadFile): LeadPage['probe'] {
  const { width, height, face, capturedAt } = file.probe
  const box = { x: face.x, y: face.y, width: face.width, height: face.height }
  return { imageUrl: `/api/leads/${file.lead.id}/probe/image`, width, height, face: { box }, capturedAt }
}

function candidateBody(lead: string, candidate: LeadCandidate): LeadPage['candidates'][number] {
  const { id, rank, score, verdictFirst, verdictSecond, verdictThird, photoDate } = candidate
  return { id, rank, score, verdictFirst, verdictSecond, verdictThird, photoDate, imageUrl: imageUrl(lead, id) }
}

function imageUrl(lead: string, candidate: string): string {
  return `/api/leads/${lead}/images/${candidate}`
}

export function evidenceBody(record: CorroborationRecord, names: Names): Corroboration {
  const { id, type, independentOfLead, derivedFromLead, obtainedAt, reference, note, recordedAt } = record
  return {
    ...{ id, type, independentOfLead, derivedFromLead, obtainedAt, reference, note, recordedAt },
    typeLabel: CORROBORATION_TYPES.find((one) => one.code === type)?.label ?? type,
    recordedByName: names.get(record.recordedBy) ?? record.recordedBy,
  }
}

export function relianceOf(record: KeptReliance, names: Names): Reliance {
  const { id, corroboration, recordedAt, recordedBy } = record
  return { id, corroboration, recordedAt, recordedByName: names.get(recordedBy) ?? recordedBy }
}
