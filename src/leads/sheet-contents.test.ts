import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CONCLUSIONS, VERDICTS } from '../examination/index.ts'
import { enrolBooking, listSources } from '../gallery/index.ts'
import { CRIMES, PROBE_SOURCES } from '../intake/index.ts'
import { CORROBORATION_TYPES, type CorroborationRecord } from './corroboration.ts'
import { DISCLAIMER, DISCLAIMERS, disclaimerOf, disclaimerText } from './disclaimer.ts'
import { issueLead } from './issue-lead.ts'
import { must, openTestLeads, type TestLeads } from './lead.fixture.ts'
import type { Lead } from './lead.ts'
import type { LeadCandidate, LeadExaminer, LeadFile } from './lead-file.ts'
import { leadSheet } from './lead-sheet.ts'
import { readLead } from './read-lead.ts'
import { typesetDocument } from './typeset-document.ts'

let leads: TestLeads
let lead: Lead
let file: LeadFile
let jpeg: Buffer
beforeAll(async () => {
  jpeg = await sharp({ create: { width: 600, height: 600, channels: 3, background: '#8a7f75' } })
    .jpeg()
    .toBuffer()
  leads = await openTestLeads()
  lead = await leads.issued()
  file = must(await readLead(leads.deps, leads.people.requester, lead.id))
})
afterAll(() => leads.deps.store.close())

async function typeset(changed: LeadFile): Promise<string> {
  const template = await readFile(new URL('lead-sheet.typ', import.meta.url), 'utf8')
  const sheet = Buffer.from(JSON.stringify(leadSheet(changed, null)))
  const pdf = await typesetDocument(template, { 'data.json': sheet, 'probe.jpg': jpeg, 'candidate.jpg': jpeg })
  return Buffer.from(pdf).toString('latin1')
}

const pagesOf = (pdf: string) => (pdf.match(/\/Type \/Page\b/g) ?? []).length
const wordsOf = (changed: LeadFile) => JSON.stringify(leadSheet(changed, null))

function one<T>(list: readonly T[]): T {
  const [first] = list
  if (first === undefined) throw new Error('Nothing to print.')
  return first
}

function evidence(changes: Partial<CorroborationRecord>): CorroborationRecord {
  return {
    ...{ id: 'corr_x', lead: lead.id, agency: lead.agency, type: 'dna', independentOfLead: true, note: null },
    ...{ derivedFromLead: false, obtainedAt: '2026-11-20T00:00:00.00Z', reference: 'LAB-1', recordedBy: 'acct_x' },
    ...{ recordedAt: '2026-11-22T15:00:00.00Z', ...changes },
  }
}

function examiner(changes: Partial<LeadExaminer>): LeadExaminer {
  return { ...one(file.examiners), ...changes }
}

function listOf(
  length: number,
  changes: (rank: number) => Partial<LeadCandidate> = () => ({}),
): readonly LeadCandidate[] {
  return Array.from({ length }, (_, index) => {
    return { ...one(file.candidates), id: `cand_${index}`, rank: index + 1, ...changes(index + 1) }
  })
}

/** Share signs, and words that would say more than was found or judge a person. */
const TOO_MUCH =
  /%|\b(match\w*|hits?|identified|confidence|percent\w*|suspects?|offenders?|criminals?|mugshots?|certain\w*|proven?)\b/i

describe('the words of the sheet', () => {
  const contents: Record<string, (whole: LeadFile) => LeadFile> = {
    'nothing beside the lead, no limitation': (whole) => ({ ...whole, limitations: [], corroborations: [] }),
    'no policy digest, no dates, no score worth the name': (whole) => ({
      ...{ ...whole, policyDigest: null, probe: { ...whole.probe, capturedAt: null } },
      candidate: { ...whole.candidate, photoDate: null, photoAgeYears: null, newestPhotoDate: null, score: -0.1 },
    }),
    'a majority of three': (whole) => ({
      ...{ ...whole, settledBy: 'majority' as const },
      examiners: ([1, 2, 3] as const).map((order) => examiner({ order })),
    }),
    'no agreement': (whole) => ({ ...whole, settledBy: 'none' as const }),
    'one candidate': (whole) => ({ ...whole, candidates: whole.candidates.slice(0, 1) }),
    'an arrest': (whole) => ({
      ...{ ...whole, corroborations: [evidence({})] },
      reliance: [{ id: 'rely_x', lead: whole.lead.id, corroboration: 'corr_x', recordedBy: 'a', recordedAt: 'T' }],
    }),
    ...Object.fromEntries(
      VERDICTS.map(({ code }) => [
        `every verdict ${code}`,
        (whole: LeadFile) => ({
          ...whole,
          candidates: listOf(3, () => ({ verdictFirst: code, verdictSecond: code, verdictThird: code })),
        }),
      ]),
    ),
    ...Object.fromEntries(
      CONCLUSIONS.map(({ code }) => [
        `the conclusion ${code}`,
        (whole: LeadFile) => ({ ...whole, examiners: whole.examiners.map((each) => ({ ...each, conclusion: code })) }),
      ]),
    ),
    ...Object.fromEntries(
      CORROBORATION_TYPES.map(({ code }) => [
        `evidence of the kind ${code}`,
        (whole: LeadFile) => ({
          ...whole,
          corroborations: [evidence({ type: code }), evidence({ type: code, derivedFromLead: true })],
        }),
      ]),
    ),
  }

  it.each(Object.entries(contents))('have no share and say not more than was found, with %s', (_, change) => {
    const words = wordsOf(change(file))
    expect(words).not.toMatch(TOO_MUCH)
    expect(words).not.toMatch(/undefined|NaN|\[object/)
    expect(words).toContain('not an identification')
  })

  it('find a slip when there is one', () => {
    const slip = { ...file, limitations: ['A 98 % match.'] }
    expect(wordsOf(slip)).toMatch(TOO_MUCH)
  })

  it('name every crime type that can be asked for', () => {
    for (const { code, label } of CRIMES) {
      const sheet = leadSheet({ ...file, request: { ...file.request, crimeCode: code, crimeLabel: label } }, null)
      expect(sheet.subheading).toContain(`· ${label.slice(0, 4)}`)
    }
  })
})

describe('the disclaimer', () => {
  it('has these exact words; whoever changes them adds a version and keeps this one', () => {
    expect(disclaimerText(disclaimerOf('2026-11'))).toBe(
      'This is an investigative lead, not an identification. A computer program ordered booking photographs by how ' +
        'similar they look to the probe, and two examiners, working apart, could not exclude one of them. People who ' +
        'are not related can look alike. The person shown may have nothing to do with the case. By itself this lead ' +
        'may not be probable cause for an arrest, a search or a warrant. Independent evidence is required. Whoever ' +
        'relies on this lead must say so, and must hand over this whole sheet, the other candidates included.',
    )
  })

  it('stays on a lead as it was when the lead was issued, and the newest is what new leads get', () => {
    expect(new Set(DISCLAIMERS.map(({ version }) => version)).size).toBe(DISCLAIMERS.length)
    expect(DISCLAIMER).toBe(DISCLAIMERS.at(-1))
    expect(lead.disclaimerVersion).toBe(DISCLAIMER.version)
    expect(file.disclaimer).toEqual(disclaimerOf(lead.disclaimerVersion))
  })

  it('is in the document itself: its title in the description, its short form on every page', async () => {
    const sheet = leadSheet(file, null)
    expect(sheet.disclaimer.footer).toBe('By itself it may not be probable cause. Independent evidence is required.')
    expect(await typeset(file)).toContain(`/Subject (${DISCLAIMER.title})`)
  })
})

describe('S-5: how old the photograph is', () => {
  it('names the newest photograph that the gallery holds of the same person, when it is another one', async () => {
    const { custodian, requester } = leads.people
    expect(file.candidate).toMatchObject({ photoDate: '2018-03-12', newestPhotoDate: '2018-03-12', photoAgeYears: 8 })
    expect(leadSheet(file, null).search).toContainEqual(expect.objectContaining({ value: 'this one' }))
    expect(wordsOf(file)).not.toContain('newer photograph')
    const image = Buffer.from(`PERSON:ann:later ${lead.booking}`)
    const source = one(must(await listSources(leads.deps, custodian))).id
    const number = Number(file.candidate.bookingNumber.slice(-1))
    const taken = (day: string) => ({ bookedAt: day, capturedAt: day })
    const person = { source, personKey: `P-${number}`, sex: 'F', birthYear: 1990, chargeUcr: null } as const
    const older = { ...person, bookingNumber: '2015-1', ...taken('2015-02-01'), image: Buffer.from('PERSON:ann:old') }
    must(await enrolBooking(leads.deps, custodian, older))
    must(
      await enrolBooking(leads.deps, custodian, { ...person, bookingNumber: '2025-1', ...taken('2025-06-30'), image }),
    )
    const now = must(await readLead(leads.deps, requester, lead.id))
    expect(now.candidate).toMatchObject({ photoDate: '2018-03-12', newestPhotoDate: '2025-06-30' })
    expect(now.limitations).toContain(
      'The gallery holds a newer photograph of the person of this booking, taken June 30, 2025. Compare it, too.',
    )
    expect(leadSheet(now, null).search).toContainEqual(expect.objectContaining({ value: 'Taken June 30, 2025' }))
  })

  it.each([
    [0, 'less than a year'],
    [1, '1 year'],
    [31, '31 years'],
    [null, 'not recorded'],
  ])('age %s reads "%s"', (photoAgeYears, words) => {
    const sheet = leadSheet({ ...file, candidate: { ...file.candidate, photoAgeYears } }, null)
    expect(sheet.search.find((fact) => fact.label === 'Age of the photograph')?.value).toBe(words)
  })
})

describe('S-7: where the probe comes from', () => {
  it.each(PROBE_SOURCES.map(({ code }) => code))('%s', async (probeSource) => {
    const request = await leads.searched(`PERSON:ann:${probeSource}`, { probeSource })
    await leads.examine(leads.people.first, request, { lead: 1 })
    const { verified } = await leads.examine(leads.people.second, request, { lead: 1 })
    if (verified === undefined) throw new Error('The examiners did not agree.')
    const { id } = must(await issueLead(leads.deps, leads.people.second, verified))
    const words = wordsOf(must(await readLead(leads.deps, leads.people.requester, id)))
    const sentence = 'The probe is a photograph of a document; it may not show the person sought.'
    expect(words.includes(sentence)).toBe(probeSource === 'document_photo')
  })
})

describe('S-9: the whole list', () => {
  it('is printed when several candidates could not be excluded, and says that they could not', async () => {
    const candidates = file.candidates.map((candidate) => ({
      ...candidate,
      ...{ verdictFirst: 'cannot_exclude' as const, verdictSecond: 'cannot_exclude' as const },
    }))
    const sheet = leadSheet({ ...file, candidates }, null)
    expect(sheet.candidates).toHaveLength(3)
    expect(sheet.candidates.filter((row) => row.named)).toHaveLength(1)
    expect(sheet.listSentence).toContain('2 other candidates were not excluded by every examiner')
    expect(sheet.candidates.map((row) => row.verdicts)).toEqual(
      Array.from({ length: 3 }, () => ['Cannot be excluded', 'Cannot be excluded']),
    )
  })

  it.each([1, 20, 50])('has a row for each of %i candidates, in rank order', (length) => {
    const rows = leadSheet({ ...file, candidates: listOf(length) }, null).candidates
    expect(rows.map((row) => row.rank)).toEqual(Array.from({ length }, (_, index) => String(index + 1)))
  })

  it('of fifty runs over several pages, each headed by the names of the columns', async () => {
    const short = await typeset({ ...file, candidates: listOf(3) })
    const long = await typeset({ ...file, candidates: listOf(50) })
    expect(pagesOf(long)).toBeGreaterThan(pagesOf(short))
    expect(long.match(/\/S \/TR\b/g)).toHaveLength(51)
    expect(long).toContain('/S /THead')
  })
})

describe('what people write', () => {
  it('without a single blank is broken into lines, not cut off at the edge', async () => {
    const withBlanks = await typeset({ ...file, limitations: ['xxxxxxx '.repeat(600)] })
    const without = await typeset({ ...file, limitations: ['x'.repeat(4800)] })
    expect(pagesOf(without)).toBe(pagesOf(withBlanks))
    expect(pagesOf(without)).toBeGreaterThan(pagesOf(await typeset({ ...file, limitations: ['x'] })))
  })

  it.each([
    ['limitations', (text: string): Partial<LeadFile> => ({ limitations: [text] })],
    ['a justification', (text: string) => ({ examiners: [examiner({ justification: text }), examiner({ order: 2 })] })],
    ['a name', (text: string) => ({ examiners: [examiner({ name: text }), examiner({ order: 2 })] })],
    ['a reference', (text: string) => ({ corroborations: [evidence({ reference: text })] })],
    ['a case number', (text: string) => ({ request: { ...file.request, caseNumber: text } })],
    ['a booking number', (text: string) => ({ candidate: { ...file.candidate, bookingNumber: text } })],
    ['an agency', (text: string) => ({ request: { ...file.request, agencyName: text } })],
  ])('%s: a long stretch may break, letters without a shape are counted, and the sheet says so', async (_, place) => {
    const long = wordsOf({ ...file, ...place('W'.repeat(120)) })
    expect(long).not.toMatch(/W{5}/)
    expect(long.match(/W/g)?.length).toBeGreaterThanOrEqual(120)
    const foreign = leadSheet({ ...file, ...place('Петров') }, null)
    expect(JSON.stringify(foreign)).toContain('[6 characters not printed]')
    expect(foreign.printNote).toContain('shows it in full on screen')
    expect(await typeset({ ...file, ...place('Петров') })).toContain('%PDF')
  })

  it('in Latin letters needs no note', () => {
    const sheet = leadSheet({ ...file, limitations: ['Nguyễn, José, Łódź'] }, null)
    expect(sheet.limitations).toEqual(['Nguyễn, José, Łódź'])
    expect(sheet.printNote).toBeNull()
  })

  it('may be nothing: no limitation is a sentence, not a gap', async () => {
    const without = await typeset({ ...file, limitations: [] })
    const withOne = await typeset({ ...file, limitations: ['Dark.'] })
    const listsIn = (pdf: string) => pdf.match(/\/S \/L\b/g)?.length ?? 0
    expect(listsIn(withOne) - listsIn(without)).toBe(1)
    expect(pagesOf(without)).toBe(2)
  })
})

describe('what was compared', () => {
  const proof = { enrolled: 63_000, certified: true, k: 1024, bound: 0.21 } as const
  const labels = (changed: LeadFile) => new Map(leadSheet(changed, null).search.map((one) => [one.label, one.value]))

  it('is stated with what the search was narrowed to, and that the list is proved', async () => {
    const filter = { sexes: ['F'], bookedTo: '2024-12-31' }
    const request = await leads.searched('PERSON:ann:probe', { filter })
    await leads.examine(leads.people.first, request, { lead: 1 })
    const { verified } = await leads.examine(leads.people.second, request, { lead: 1 })
    if (verified === undefined) throw new Error('The examiners did not agree.')
    const { id } = must(await issueLead(leads.deps, leads.people.second, verified))
    const narrowed = must(await readLead(leads.deps, leads.people.requester, id))
    const words = 'sex recorded as female, or not recorded; booked on or before December 31, 2024'
    expect(narrowed.narrowed).toBe(words)
    expect(leadSheet(narrowed, null).listSentence).toContain(`photographs: ${words}. The list is proved exact over`)
    expect(leadSheet(narrowed, null).listSentence).toContain('it could only find people within what it was narrowed to')
    expect(leadSheet(file, null).listSentence).not.toContain('narrowed')
  })

  it('counts those compared among those enrolled, and says over how many the list is proved exact', () => {
    const some = labels({ ...file, searched: 48_210, proof })
    expect(some.get('Photographs searched')).toBe('48,210 of 63,000')
    expect(some.get('The list of candidates')).toBe('proved exact over 48,210 photographs')
    expect(labels({ ...file, searched: 63_000, proof }).get('Photographs searched')).toBe('63,000')
  })

  it('claims no proof for a search made before there was one', () => {
    const old = labels({ ...file, proof: null })
    expect(old.get('Photographs searched')).toBe('4')
    expect(old.get('The list of candidates')).toBe('no proof was made')
  })

  it('fits the sheet, however long', async () => {
    const narrowed = `photographs from ${'County jail, '.repeat(60)}`
    const long = { ...file, narrowed, searchSentence: `Searched 1 of 2 photographs: ${narrowed}.` }
    expect(pagesOf(await typeset(long))).toBeLessThanOrEqual(3)
  })
})
