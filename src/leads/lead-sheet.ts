import { conclusionLabel, type Verdict, verdictLabel } from '../examination/index.ts'
import { CORROBORATION_TYPES, type CorroborationRecord, standsAlone } from './corroboration.ts'
import { type FramedFace, faceCrop } from './face-crop.ts'
import type { LeadCandidate, LeadExaminer, LeadFile } from './lead-file.ts'
import { printable, REPLACED } from './printable-text.ts'
import { searchFacts } from './search-facts.ts'
import { day, moment, plural, taken, years } from './sheet-words.ts'

/**
 * Everything the sheet says, as data for `lead-sheet.typ`: the whole list (never the named candidate
 * alone), both examiners, the limitations, and no figure that could be read as a certainty.
 * @param framed where the face lies in the candidate's photograph; null shows it whole
 */
export function leadSheet(file: LeadFile, framed: FramedFace | null) {
  const sheet = printable(sheetOf(file, framed))
  const replaced = REPLACED.test(JSON.stringify(sheet))
  return { ...sheet, printNote: replaced ? NOT_PRINTED : null }
}

const NOT_PRINTED =
  'Where a number of characters is given as not printed, the text uses letters this sheet does not have. ' +
  'The lead shows it in full on screen.'

function sheetOf(file: LeadFile, framed: FramedFace | null) {
  const { lead, request, disclaimer } = file
  return {
    title: `Investigative lead ${lead.id}`,
    agency: `${request.agencyName} · ORI ${request.agencyOri}`,
    issued: `Issued ${moment(lead.issuedAt)}`,
    heading: 'Investigative lead',
    subheading: `Case ${request.caseNumber} · ${request.crimeLabel}`,
    footer: `Lead ${lead.id}`,
    disclaimer: {
      title: disclaimer.title,
      sentences: disclaimer.sentences,
      footer: 'By itself it may not be probable cause. Independent evidence is required.',
    },
    probe: probePart(file),
    candidate: candidatePart(file, framed),
    search: searchFacts(file),
    limitations: file.limitations,
    chance: file.expectedByChance.sentence,
    listSentence: listSentence(file),
    verdictColumns: verdictColumns(file),
    candidates: file.candidates.map((candidate) => candidateRow(file, candidate)),
    scoreNote: scoreNote(file),
    examiners: file.examiners.map(examinerPart),
    settled: SETTLED[file.settledBy],
    evidenceSentence: evidenceSentence(file),
    evidence: file.corroborations.map(evidenceLine),
    provenance: provenance(file),
  }
}

/** Width over height of the two frames on the sheet. */
const ASPECT = 4 / 5

const ORDER_TITLES = {
  1: 'First examiner',
  2: 'Second examiner, blind to the first',
  3: 'Third examiner, who resolved it',
} as const

const SETTLED = {
  agreement: 'Both saw the photographs in a shuffled order, without scores, ranks or the other’s verdicts.',
  majority:
    'The first two disagreed; the third saw neither of their verdicts, nor scores nor ranks. Two of three agree.',
  none: 'The examiners did not agree.',
} as const

function probePart(file: LeadFile) {
  return {
    crop: faceCrop(file.probe, ASPECT),
    alt: 'The probe: the face that was searched, cropped from the photograph submitted with the request.',
    caption: 'Probe',
    detail: `${taken(file.probe.capturedAt)}. Cropped to the face, not altered.`,
  }
}

function candidatePart(file: LeadFile, framed: FramedFace | null) {
  const { candidate } = file
  const age = candidate.photoAgeYears === null ? '' : `, ${years(candidate.photoAgeYears)} before this lead`
  return {
    crop: framed === null ? null : faceCrop(framed, ASPECT),
    alt: `The booking photograph of the candidate at rank ${candidate.rank}, booking ${candidate.bookingNumber}.`,
    caption: `Booking ${candidate.bookingNumber}`,
    detail: `${taken(candidate.photoDate)}${age}. ${framed === null ? 'Shown whole' : 'Cropped to the face'}, not altered.`,
  }
}

function listSentence(file: LeadFile): string {
  const others = file.candidates.filter((one) => one.id !== file.candidate.id)
  const list = `${file.searchSentence} It listed ${plural(file.candidates.length, 'candidate')}. `
  return `${narrowingSentence(file)}${list}The one this lead names is shaded and set in bold. ${othersSentence(others)}`
}

/** Who reads the list must know that it could not name everybody. */
function narrowingSentence({ narrowed }: LeadFile): string {
  return narrowed === null
    ? ''
    : 'The search was narrowed, so it could only find people within what it was narrowed to. '
}

function othersSentence(others: readonly LeadCandidate[]): string {
  if (others.length === 0) return 'No other was listed.'
  const open = others.filter((one) => !isExcluded(one)).length
  if (open === 0) return 'Every other one was excluded by each examiner.'
  return `${plural(open, 'other candidate')} ${open === 1 ? 'was' : 'were'} not excluded by every examiner.`
}

function isExcluded(candidate: LeadCandidate): boolean {
  return verdictsOf(candidate).every((verdict) => verdict === null || verdict === 'excluded')
}

function verdictsOf(candidate: LeadCandidate): readonly (Verdict | null)[] {
  return [candidate.verdictFirst, candidate.verdictSecond, candidate.verdictThird]
}

function verdictColumns(file: LeadFile): readonly string[] {
  const columns = ['First examiner', 'Second examiner', 'Third examiner']
  return columns.slice(0, Math.max(2, file.examiners.length))
}

function candidateRow(file: LeadFile, candidate: LeadCandidate) {
  const shown = verdictsOf(candidate).slice(0, verdictColumns(file).length)
  return {
    named: candidate.id === file.candidate.id,
    rank: String(candidate.rank),
    score: candidate.score.toFixed(3),
    photoDate: candidate.photoDate === null ? 'not recorded' : day(candidate.photoDate),
    verdicts: shown.map((verdict) => (verdict === null ? 'none given' : verdictLabel(verdict))),
  }
}

function scoreNote({ model, threshold }: LeadFile): string {
  const scale = `Score: cosine similarity by ${model}, from -1 to 1.`
  return `${scale} It orders photographs and says nothing else. Nothing below ${threshold.toFixed(3)} is listed.`
}

function examinerPart(examiner: LeadExaminer) {
  const { order, name, conclusion, signedAt, justification } = examiner
  return {
    ...{ title: ORDER_TITLES[order], name, justification },
    conclusion: conclusionLabel(conclusion),
    signed: `Signed ${moment(signedAt)}`,
  }
}

function evidenceSentence(file: LeadFile): string {
  if (file.corroborations.length === 0) {
    return 'No independent evidence has been recorded. Nobody may be arrested on this lead.'
  }
  const relied = file.reliance.length > 0 ? 'An arrest has been recorded as resting on it.' : 'No arrest rests on it.'
  const alone = file.corroborations.some(standsAlone)
  return `${alone ? 'Independent evidence has been recorded.' : 'None of the evidence recorded is independent of this lead.'} ${relied}`
}

function evidenceLine(record: CorroborationRecord): string {
  const type = CORROBORATION_TYPES.find((entry) => entry.code === record.type)?.label ?? record.type
  const standing = standsAlone(record) ? 'independent of this lead' : 'not independent of this lead'
  return `${type}, obtained ${day(record.obtainedAt)}, reference ${record.reference}: ${standing}.`
}

function provenance(file: LeadFile) {
  const { lead, request } = file
  return [
    { label: 'Request', value: request.id },
    { label: 'Lead', value: lead.id },
    { label: 'Policy in force (SHA-256)', value: file.policyDigest ?? 'not recorded' },
    { label: 'Log entry', value: lead.log === null ? 'being placed; print again' : `number ${lead.log.seq}` },
    { label: 'Log leaf (SHA-256)', value: lead.log?.leafHash ?? 'being placed; print again' },
    ...file.examiners.map((examiner) => ({
      label: `${ORDER_TITLES[examiner.order].split(',')[0]} signed`,
      value: examiner.digest,
    })),
    { label: 'Disclaimer wording', value: lead.disclaimerVersion },
  ]
}
