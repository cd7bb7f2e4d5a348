import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { integrate } from '../audit/index.ts'
import { done, sha256Hex } from '../base/index.ts'
import { createFakeEngine } from '../engine/index.ts'
import { DISCLAIMER } from './disclaimer.ts'
import { codeOf, must, openTestLeads, type TestLeads } from './lead.fixture.ts'
import type { Lead } from './lead.ts'
import type { LeadFile } from './lead-file.ts'
import { leadSheet } from './lead-sheet.ts'
import { readLead } from './read-lead.ts'
import { renderLeadSheet } from './render-lead-sheet.ts'
import { typesetDocument } from './typeset-document.ts'

let leads: TestLeads
let lead: Lead
let file: LeadFile
let jpeg: Buffer
beforeAll(async () => {
  jpeg = await sharp({ create: { width: 600, height: 600, channels: 3, background: '#8a7f75' } })
    .jpeg()
    .toBuffer()
  leads = await openTestLeads({ ...createFakeEngine(), displayCopy: async () => done(new Uint8Array(jpeg)) })
  lead = await leads.issued()
  await integrate(leads.deps.store)
  file = must(await readLead(leads.deps, leads.people.requester, lead.id))
})
afterAll(() => leads.deps.store.close())

async function typeset(changed: LeadFile): Promise<string> {
  const template = await readFile(new URL('lead-sheet.typ', import.meta.url), 'utf8')
  const pdf = await typesetDocument(template, {
    ...{ 'data.json': Buffer.from(JSON.stringify(leadSheet(changed, null))), 'probe.jpg': jpeg, 'candidate.jpg': jpeg },
  })
  return Buffer.from(pdf).toString('latin1')
}

const pagesOf = (pdf: string) => (pdf.match(/\/Type \/Page\b/g) ?? []).length

describe('renderLeadSheet', () => {
  it('makes a tagged PDF with title, language, headings in order and described images, and logs its digest', async () => {
    const { supervisor } = leads.people
    const { pdf, sha256 } = must(await renderLeadSheet(leads.deps, supervisor, lead.id))
    const text = Buffer.from(pdf).toString('latin1')
    expect(text.startsWith('%PDF-1.7')).toBe(true)
    expect(sha256).toBe(sha256Hex(pdf))
    expect(text).toMatch(/\/MarkInfo <<\s+\/Marked true/)
    expect(text).toContain('/StructTreeRoot')
    expect(text).toContain('/Lang (en-US)')
    expect(text).toContain(`/Title (Investigative lead ${lead.id})`)
    expect(text.match(/\/S \/H1\b/g)).toHaveLength(1)
    expect(text.match(/\/S \/H2\b/g)?.length).toBeGreaterThan(4)
    expect(text.match(/\/S \/Figure\b/g)).toHaveLength(2)
    expect(text.match(/\/Alt \(The /g)).toHaveLength(2)
    const last = (await leads.entries()).at(-1)
    const facts = { lead: lead.id, digest: sha256 }
    expect(last).toMatchObject({ act: 'lead.sheet.rendered', actor: supervisor.account, about: lead.id, facts })
  })

  it('renders two sheets asked for at once, each its own', async () => {
    const other = await leads.issued()
    const { requester } = leads.people
    const sheets = await Promise.all([lead, other].map(({ id }) => renderLeadSheet(leads.deps, requester, id)))
    const texts = sheets.map((sheet) => Buffer.from(must(sheet).pdf).toString('latin1'))
    expect(texts[0]).toContain(lead.id)
    expect(texts[0]).not.toContain(other.id)
    expect(texts[1]).toContain(other.id)
  })

  it('is refused to whoever may not read the lead', async () => {
    expect(codeOf(await renderLeadSheet(leads.deps, leads.people.stranger, lead.id))).toBe('not_found')
    expect(codeOf(await renderLeadSheet(leads.deps, leads.people.custodian, lead.id))).toBe('role_required')
  })

  it('prints what people wrote, never reads it as markup', async () => {
    const hostile = '#panic("x") #pagebreak() *b* _i_ $a^2$ @ref <tag> `c` // = Head'
    const examiners = file.examiners.map((one) => ({ ...one, name: hostile, justification: hostile }))
    const changed = {
      ...{ ...file, examiners, limitations: [hostile] },
      request: { ...file.request, caseNumber: hostile, requesterName: hostile, agencyName: hostile },
      candidate: { ...file.candidate, bookingNumber: '#text(red)[B] *7*' },
    }
    const plain = hostile.replaceAll(/[^ ]/g, 'x')
    const other = { ...changed, limitations: [plain], request: { ...changed.request, caseNumber: plain } }
    const pdf = await typeset(changed)
    expect(pdf.match(/booking #text.*/)?.[0].replaceAll('\\', '')).toContain('booking #text(red)[B] *7*.')
    expect(pagesOf(pdf)).toBe(pagesOf(await typeset(other)))
  })

  it('fits one candidate and fifty, three examiners and long texts', async () => {
    const [first] = file.candidates
    const [examiner] = file.examiners
    if (first === undefined || examiner === undefined) throw new Error('Nothing to print.')
    const candidates = Array.from({ length: 50 }, (_, index) => ({ ...first, id: `c${index}`, rank: index + 1 }))
    const examiners = ([1, 2, 3] as const).map((order) => {
      return { ...examiner, order, justification: 'A long reason. '.repeat(250) }
    })
    const long = { ...file, candidates, examiners, limitations: ['Dark. '.repeat(330)], settledBy: 'majority' as const }
    expect(pagesOf(await typeset(long))).toBeGreaterThan(2)
    expect(pagesOf(await typeset({ ...file, candidates: [first], limitations: [] }))).toBe(2)
  })

  it('says why when a document cannot be typeset, and typesets the next one', async () => {
    await expect(typesetDocument('#panic("no")', {})).rejects.toThrow('could not be typeset')
    expect(await typeset(file)).toContain('%PDF')
  })
})

describe('leadSheet', () => {
  it('S-9: lists every candidate with the verdicts of both, and marks the one named', () => {
    const sheet = leadSheet(file, null)
    expect(sheet.candidates.map((row) => [row.rank, row.named])).toEqual([
      ['1', true],
      ['2', false],
      ['3', false],
    ])
    expect(sheet.candidates[0]?.verdicts).toEqual(['Cannot be excluded', 'Cannot be excluded'])
    expect(sheet.listSentence).toContain('Searched 4 photographs.')
    expect(sheet.listSentence).toContain('It listed 3 candidates.')
    expect(sheet.listSentence).toContain('Every other one was excluded')
    const [one, two, three] = file.candidates
    if (one === undefined || two === undefined || three === undefined) throw new Error('Too short a list.')
    const open = { ...three, verdictFirst: 'cannot_exclude' as const }
    const several = leadSheet({ ...file, candidates: [one, { ...two, verdictSecond: 'inconclusive' }, open] }, null)
    expect(several.candidates).toHaveLength(3)
    expect(several.listSentence).toContain('2 other candidates were not excluded by every examiner')
  })

  it('says first that it is no identification, and that independent evidence is required', () => {
    const { disclaimer } = leadSheet(file, null)
    expect(disclaimer.title).toBe('This is an investigative lead, not an identification.')
    expect(disclaimer.sentences.join(' ')).toContain('Independent evidence is required.')
    expect(disclaimer.sentences).toEqual(DISCLAIMER.sentences)
  })

  it('gives what can be checked: ids, policy digest, place in the log', () => {
    const values = leadSheet(file, null).provenance.map((entry) => entry.value)
    for (const value of [
      lead.request,
      lead.id,
      file.policyDigest,
      `number ${file.lead.log?.seq}`,
      file.lead.log?.leafHash,
    ]) {
      expect(values).toContain(value)
    }
  })

  it('says so where the entry of the lead has no place yet', () => {
    const values = leadSheet({ ...file, lead: { ...lead, log: null } }, null).provenance.map((entry) => entry.value)
    expect(values.filter((value) => value === 'being placed; print again')).toHaveLength(2)
  })

  it('shows both faces at one size when it is clear where they are, else the whole booking photograph', () => {
    const framed = { width: 1200, height: 1200, face: { x: 120, y: 360, width: 440, height: 440 } }
    const sheet = leadSheet(file, framed)
    expect(sheet.candidate.crop).toEqual(sheet.probe.crop)
    expect(sheet.candidate.detail).toContain('Cropped to the face, not altered.')
    expect(leadSheet(file, null).candidate.crop).toBeNull()
  })

  it('says when no other candidate was listed', () => {
    const candidates = file.candidates.slice(0, 1)
    expect(leadSheet({ ...file, candidates }, null).listSentence).toContain('No other was listed.')
  })

  it('says how old the photograph is', () => {
    const sheet = leadSheet(file, null)
    expect(sheet.candidate.detail).toBe('Taken March 12, 2018, 8 years before this lead. Shown whole, not altered.')
    const fresh = leadSheet({ ...file, candidate: { ...file.candidate, photoAgeYears: 0 } }, null)
    expect(fresh.candidate.detail).toContain('less than a year before')
    const unknown = leadSheet({ ...file, candidate: { ...file.candidate, photoDate: null, photoAgeYears: null } }, null)
    expect(unknown.candidate.detail).toBe('Date taken not recorded. Shown whole, not altered.')
  })

  it('says what stands beside the lead, and that nothing does', async () => {
    expect(leadSheet(file, null).evidenceSentence).toContain('Nobody may be arrested on this lead')
    const own = await leads.issued()
    const derived = await leads.corroborated(own, { derivedFromLead: true })
    const weak = leadSheet({ ...file, corroborations: [derived] }, null)
    expect(weak.evidenceSentence).toContain('None of the evidence recorded is independent')
    expect(weak.evidence[0]).toContain('LAB-2026-0311: not independent of this lead')
    const alone = leadSheet({ ...file, corroborations: [await leads.corroborated(own)] }, null)
    expect(alone.evidenceSentence).toBe('Independent evidence has been recorded. No arrest rests on it.')
  })

  it('has no share, and no word that says more than was found', () => {
    const text = JSON.stringify(leadSheet(file, null))
    expect(text).not.toMatch(/%|\b(match\w*|hits?|identified|confidence|percent\w*|suspects?|offenders?)\b/i)
  })
})
