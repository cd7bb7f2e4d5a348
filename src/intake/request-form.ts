import { done, type Outcome } from '../base/index.ts'
import { type FieldCode, type FieldReader, openFieldReader } from './field-reader.ts'
import { readFilter } from './read-filter.ts'
import type { RequestInput, SearchRequest } from './request.ts'
import { ACQUISITION_BASES, DEPICTS, PREDICATES, PROBE_SOURCES, PURPOSES } from './vocabulary.ts'

/** The part of a request that the form alone decides. */
export type RequestForm = Omit<SearchRequest, 'id' | 'agency' | 'requester' | 'requesterName' | 'createdAt' | 'state'>

export const DEFAULT_LIMIT = 20
export const LARGEST_LIMIT = 50

/**
 * Reads what a form sent: trims texts, checks lengths, codes, days and the limit; names the first field that
 * cannot be used. A missing case number or crime type passes as an empty text: policy refuses it, on record.
 */
export function readRequestForm(input: RequestInput, now: Date): Outcome<RequestForm, FieldCode> {
  const read = openFieldReader(now)
  const form: RequestForm = {
    ...readCase(read, input),
    ...readProbeFacts(read, input),
    otherMeansTried: read.textOrNull('otherMeansTried', input.otherMeansTried, 2000),
    conflictDeclared: read.yesNo('conflictDeclared', input.conflictDeclared ?? false),
    conflictNote: read.textOrNull('conflictNote', input.conflictNote, 1000),
    limit: read.count('limit', input.limit ?? DEFAULT_LIMIT, LARGEST_LIMIT),
    filter: readFilter(read, input.filter, now),
  }
  return read.problem() ?? done(form)
}

function readCase(read: FieldReader, input: RequestInput) {
  return {
    caseNumber: read.text('caseNumber', input.caseNumber, 40),
    crimeCode: read.text('crimeCode', input.crimeCode, 64).toUpperCase(),
    crimeStatute: read.textOrNull('crimeStatute', input.crimeStatute, 80),
    purpose: read.code('purpose', PURPOSES, input.purpose),
    predicate: {
      level: read.code('predicate.level', PREDICATES, input.predicate?.level),
      narrative: read.text('predicate.narrative', input.predicate?.narrative, 4000),
    },
    beneficiaryOri: read.text('beneficiaryOri', input.beneficiaryOri, 20).toUpperCase(),
  }
}

function readProbeFacts(read: FieldReader, input: RequestInput) {
  return {
    probe: read.text('probe', input.probe, 40),
    faceIndex: read.place('faceIndex', input.faceIndex),
    probeSource: read.code('probeSource', PROBE_SOURCES, input.probeSource),
    acquisition: {
      basis: read.code('acquisition.basis', ACQUISITION_BASES, input.acquisition?.basis),
      from: read.text('acquisition.from', input.acquisition?.from, 300),
      at: read.timeOrNull('acquisition.at', input.acquisition?.at),
    },
    depicts: read.code('depicts', DEPICTS, input.depicts),
    attested: read.yesNo('attested', input.attested),
    capturedAt: read.timeOrNull('capturedAt', input.capturedAt),
  }
}
