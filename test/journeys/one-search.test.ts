import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bookingPhotographs, type Person, type RunningServer, sampleFile, startServer } from '../running-server.ts'
import { type SampleProbe, sampleProbes } from '../sample-probes.ts'

/** One accountable search through the HTTP API and the command line, on the server as a user starts it. */
let server: RunningServer
let probes: readonly SampleProbe[] = []
const people = new Map<string, Person>()

beforeAll(async () => {
  server = await startServer()
  probes = await sampleProbes()
  for (const name of [
    'rivera',
    'novak',
    'okafor',
    'lindqvist',
    'tanaka',
    'moss',
    'duarte',
    'haddad',
    'keller',
    'brandt',
  ]) {
    people.set(name, await server.signIn(name))
  }
}, 180_000)
afterAll(() => server?.stop())

const as = (name: string): Person => people.get(name) as Person

function form(probe: string, change: Readonly<Record<string, unknown>> = {}) {
  return {
    caseNumber: 'HC-26-004217',
    crimeCode: 'ROBBERY',
    purpose: 'investigate_crime',
    predicate: {
      level: 'reasonable_suspicion',
      narrative: 'The person on the photograph left the shop with the till.',
    },
    beneficiaryOri: 'CA0990000',
    probe,
    faceIndex: 0,
    probeSource: 'cctv',
    acquisition: { basis: 'business_record', from: 'Shop owner' },
    depicts: 'person_sought',
    attested: true,
    ...change,
  }
}

async function uploadProbe(file: string, name = 'rivera') {
  const answer = await as(name).upload('/api/probes', await readFile(file))
  expect(answer.status).toBe(201)
  return answer.body
}

async function fileRequest(file: string, change: Readonly<Record<string, unknown>> = {}, name = 'rivera') {
  const probe = await uploadProbe(file, name)
  return as(name).send('POST', '/api/requests', form(probe.id, change))
}

/** Searches with a probe and answers the request's id. */
async function searched(file: string): Promise<string> {
  const filed = await fileRequest(file)
  expect(filed.body.decision.outcome).toBe('permitted')
  const run = await as('rivera').send('POST', `/api/requests/${filed.body.request.id}/search`)
  expect(run.status).toBeLessThan(300)
  return filed.body.request.id
}

type Judge = (photograph: Buffer) => string

/** Opens the examination, gives every candidate a verdict by its photograph alone, signs. */
async function examine(name: string, request: string, judge: Judge, conclusion: string) {
  const opened = await as(name).send('POST', `/api/requests/${request}/examinations`)
  expect(opened.status).toBeLessThan(300)
  let leadCandidate: string | undefined
  for (const candidate of opened.body.candidates) {
    const verdict = judge((await as(name).get(candidate.imageUrl)).bytes)
    if (verdict === 'cannot_exclude') leadCandidate = candidate.id
    const path = `/api/examinations/${opened.body.id}/verdicts/${candidate.id}`
    expect((await as(name).send('PUT', path, { verdict })).status).toBeLessThan(300)
  }
  const signature = { conclusion, justification: 'Ears, brow and nose compared.', leadCandidate }
  const signed = await as(name).send('POST', `/api/examinations/${opened.body.id}/signature`, signature)
  return { view: opened.body, signed }
}

const excludeAll: Judge = () => 'excluded'

/** Cannot exclude the photographs given, excludes all others. */
function pointAt(photographs: readonly Buffer[]): Judge {
  return (shown) => (photographs.some((own) => own.equals(shown)) ? 'cannot_exclude' : 'excluded')
}

describe('one accountable search', () => {
  let request = ''
  let lead = ''
  let judge = excludeAll

  it('a second-day photograph is permitted and searched; the requester sees counts, no candidates', async () => {
    const probe = probes.find((one) => one.kind === 'second-day' && one.personKey !== null) as SampleProbe
    request = await searched(probe.file)
    const page = await as('rivera').get(`/api/requests/${request}`)
    expect(page.body.search.searched).toBeGreaterThan(40)
    expect(page.body.search.returned).toBeGreaterThan(0)
    expect(JSON.stringify(page.body)).not.toMatch(/cand_|"score"|"rank"/)
    judge = pointAt(await bookingPhotographs(as('duarte'), probe.personKey as string))
  })

  it('two examiners who cannot know of each other agree, and a lead is issued', async () => {
    const first = await examine('okafor', request, judge, 'investigative_lead')
    expect(first.signed.body).toMatchObject({ state: 'awaiting_second' })
    expect((await as('okafor').send('POST', `/api/requests/${request}/examinations`)).status).toBeGreaterThanOrEqual(
      400,
    )
    const second = await examine('lindqvist', request, judge, 'investigative_lead')
    expect(second.signed.body).toMatchObject({ state: 'agreed', outcome: 'investigative_lead' })
    lead = second.signed.body.lead.id
    for (const { view } of [first, second]) {
      expect(JSON.stringify(view)).not.toMatch(/score|rank|narrative|till|HC-26|okafor|justification/i)
    }
    expect(first.view.candidates.map((one: { id: string }) => one.id)).not.toEqual(
      second.view.candidates.map((one: { id: string }) => one.id),
    )
  })

  it('the lead carries the disclaimer, the whole list and the scale; its sheet is a tagged PDF', async () => {
    const page = await as('rivera').get(`/api/leads/${lead}`)
    expect(page.body.disclaimer).toMatch(/not an identification/)
    expect(page.body.candidate).toMatchObject({ rank: 1, scale: 'cosine' })
    expect(page.body.candidates.length).toBeGreaterThan(1)
    expect(JSON.stringify(page.body)).not.toMatch(/percent|confidence|\bmatch/i)
    const sheet = await as('rivera').get(`/api/leads/${lead}/sheet.pdf`)
    expect(sheet.bytes.subarray(0, 5).toString()).toBe('%PDF-')
    expect(sheet.bytes.includes('/StructTreeRoot')).toBe(true)
  })

  it('reliance for an arrest needs independent corroboration', async () => {
    const record = (change: Readonly<Record<string, unknown>>) =>
      as('rivera').send('POST', `/api/leads/${lead}/corroborations`, {
        type: 'fingerprint',
        independentOfLead: true,
        derivedFromLead: false,
        obtainedAt: '2026-11-20',
        reference: 'LAB-2026-118',
        ...change,
      })
    const rely = (corroboration: string) => as('rivera').send('POST', `/api/leads/${lead}/reliance`, { corroboration })
    expect((await rely('corr_00000000000000000000')).body.code).toBe('corroboration_missing')
    const derived = await record({ type: 'statement', independentOfLead: false, derivedFromLead: true })
    expect((await rely(derived.body.id)).body.code).toBe('corroboration_not_independent')
    const independent = await record({})
    expect((await rely(independent.body.id)).status).toBeLessThan(300)
    expect((await as('rivera').get(`/api/leads/${lead}`)).body.reliance).toHaveLength(1)
  })

  it('an auditor exports the log and an outsider verifies it offline; one changed byte is found', async () => {
    const file = join(server.folder, 'out', 'log.jsonl')
    await mkdir(join(server.folder, 'out'))
    expect((await server.cli(['export', file, '--user', 'haddad'], 'haddad')).out).toContain('entries written')
    const good = await server.cli(['verify', file])
    expect(good).toMatchObject({ code: 0, out: expect.stringContaining('The export verifies') })
    const text = await readFile(file, 'utf8')
    for (const act of [
      'request.permitted',
      'search.authorised',
      'search.completed',
      'lead.issued',
      'arrest.refused',
      'arrest.recorded',
    ]) {
      expect(text.includes(`"act":"${act}"`), act).toBe(true)
    }
    expect(/till|Rivera|Okafor|HC-26/.test(text), 'the log names nobody and no case').toBe(false)
    await writeFile(file, text.replace('"act":"search.completed"', '"act":"search.authorised"'))
    const bad = await server.cli(['verify', file])
    expect(bad).toMatchObject({ code: 1, out: expect.stringContaining('does NOT verify') })
    const key = (await as('haddad').get('/api/log')).body.verifierKey
    await rm(file)
    await writeFile(file, text)
    expect((await server.cli(['verify', file, '--key', key])).out).not.toContain('The key came with the export')
  })

  it('examiners who disagree leave it unresolved until a third decides', async () => {
    const probe = probes.filter((one) => one.kind === 'second-day' && one.personKey !== null)[1] as SampleProbe
    const contested = await searched(probe.file)
    const forOwn = pointAt(await bookingPhotographs(as('duarte'), probe.personKey as string))
    expect((await examine('okafor', contested, forOwn, 'investigative_lead')).signed.status).toBeLessThan(300)
    const second = await examine('tanaka', contested, excludeAll, 'no_viable_candidate')
    expect(second.signed.body).toMatchObject({ state: 'unresolved', lead: null })
    expect((await as('rivera').get(`/api/requests/${contested}`)).body.request.state).toBe('in_resolution')
    const third = await examine('lindqvist', contested, excludeAll, 'no_viable_candidate')
    expect(third.signed.body).toMatchObject({ state: 'resolved', outcome: 'no_viable_candidate', lead: null })
  })
})

describe('refusals', () => {
  const probe = () => (probes[0] as SampleProbe).file

  async function refusedWith(code: string, change: Readonly<Record<string, unknown>>, name = 'rivera') {
    const filed = await fileRequest(probe(), change, name)
    const { request, decision } = filed.body
    const codes = decision.findings
      .filter((one: { outcome: string }) => one.outcome === 'refused')
      .map((one: { code: string }) => one.code)
    expect(codes).toContain(code)
    const search = await as(name).send('POST', `/api/requests/${request.id}/search`)
    expect(search.status).toBeGreaterThanOrEqual(400)
    const entries = (await as('haddad').get(`/api/log/entries?about=${request.id}`)).body.entries
    const acts = entries.map((entry: { act: string }) => entry.act)
    expect(acts).toContain('request.refused')
    expect(acts).not.toContain('search.authorised')
  }

  it('no case number', () => refusedWith('case_number_missing', { caseNumber: '   ' }))
  it('a case number of another shape', () => refusedWith('case_number_malformed', { caseNumber: '12345' }))
  it('an unknown crime code', () => refusedWith('crime_type_unknown', { crimeCode: 'GF protest' }))
  it('an outside agency', () => refusedWith('outside_agency', { beneficiaryOri: 'CA0990100' }))
  it('an expired certificate', () => refusedWith('certificate_missing', {}, 'novak'))

  it('an administrator cannot search', async () => {
    const photo = await as('keller').upload('/api/probes', await readFile(probe()))
    const answer = photo.status < 300 ? await as('keller').send('POST', '/api/requests', form(photo.body.id)) : photo
    const codes = (answer.body.decision?.findings ?? [{ code: answer.body.code, outcome: 'refused' }])
      .filter((one: { outcome: string }) => one.outcome === 'refused')
      .map((one: { code: string }) => one.code)
    expect(codes).toContain('administrator_cannot_search')
  })

  it('a moratorium stops even a search already permitted, and its lifting is logged', async () => {
    const permitted = await fileRequest(probe())
    const started = await as('moss').send('POST', '/api/policy/moratorium', {
      reason: 'Review of the engine after a complaint.',
    })
    expect(started.status).toBeLessThan(300)
    const stopped = await as('rivera').send('POST', `/api/requests/${permitted.body.request.id}/search`)
    expect(stopped).toMatchObject({ status: 403 })
    await refusedWith('moratorium', {})
    expect(
      (await as('moss').send('DELETE', '/api/policy/moratorium', { reason: 'Review closed.' })).status,
    ).toBeLessThan(300)
    const again = await fileRequest(probe())
    expect(again.body.decision.outcome).toBe('permitted')
  })

  it("another agency's request is not found, and the asking is logged", async () => {
    const own = (await fileRequest(probe())).body.request.id
    expect((await as('brandt').get(`/api/requests/${own}`)).body).toMatchObject({ status: 404, code: 'not_found' })
    const log = (await as('haddad').get('/api/log/export')).bytes.toString()
    expect(
      log.split('\n').filter((line) => line.includes(own) && line.includes('"act":"record.withheld"')),
    ).toHaveLength(1)
  })

  it('a permit is used once', async () => {
    const id = await searched(probe())
    const again = await as('rivera').send('POST', `/api/requests/${id}/search`)
    expect(again.status).toBe(409)
  })
})

describe('the command line', () => {
  it('files and searches with a photograph, and says the same as the API', async () => {
    const photo = (probes.find((one) => one.kind === 'second-day') as SampleProbe).file
    const words = ['search', photo, '--user', 'rivera', '--case', 'HC-26-004218', '--crime', 'ROBBERY']
    const full = [
      ...words,
      '--predicate',
      'reasonable_suspicion',
      '--narrative',
      'Seen leaving.',
      '--basis',
      'consent',
      '--from',
      'Witness',
      '--attest',
    ]
    expect(await server.cli(full, 'rivera')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/Searched \d+ photographs\. The list is proved exact over \d+ photographs\./),
    })
    expect(
      await server.cli([...full, '--sex', 'F', '--age', '20-60', '--booked-from', '2015-01-01'], 'rivera'),
    ).toMatchObject({
      code: 0,
      out: expect.stringMatching(/Searched \d+ of \d+ photographs: sex recorded as female, or not recorded; booked/),
    })
    const refused = await server.cli(words, 'rivera')
    expect(refused.code).toBe(1)
    expect(refused.out).toMatch(/predicate_missing/)
    expect(refused.out).toMatch(/acquisition_not_attested/)
  })

  it.runIf(existsSync(sampleFile('scene', 'lineup-of-three.jpg')))(
    'of several faces the investigator chooses',
    async () => {
      const run = await server.cli(['search', sampleFile('scene', 'lineup-of-three.jpg'), '--user', 'rivera'], 'rivera')
      expect(run).toMatchObject({ code: 1, out: expect.stringContaining('--face') })
    },
  )

  it('enrols a folder again without doing anything twice, and names bad lines', async () => {
    const source = 'Harbor County booking photographs (sample, rendered)'
    const words = ['enrol', sampleFile(), '--source', source, '--user', 'duarte']
    expect((await server.cli(words, 'duarte')).out).toMatch(/0 enrolled, \d+ known before, 0 refused/)
    const csv = join(server.folder, 'bad.csv')
    const [header, first] = (await readFile(sampleFile('bookings.csv'), 'utf8')).split('\n')
    await writeFile(csv, `${header}\n${first}\n${first?.replace(/\d{4}-\d\d-\d\dT[^,]*/, 'yesterday')}\n`)
    const bad = await server.cli([...words, '--csv', csv], 'duarte')
    expect(bad.code).toBe(1)
    expect(bad.out).toMatch(/line 3, booked_at/)
    const wrong = await server.cli(words, 'rivera')
    expect(wrong.code).toBe(1)
  })

  it('doctor finds everything good', async () => {
    const run = await server.cli(['doctor'])
    expect(run).toMatchObject({ code: 0, out: expect.stringMatching(/Audit log: \d+ entries verify/) })
  })
})
