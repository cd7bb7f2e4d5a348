import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { INSTALLATION, openAccount, type Role, registerAgency } from '../access/index.ts'
import { openLog } from '../audit/index.ts'
import { type Outcome, randomIds, refuse, systemClock } from '../base/index.ts'
import { createFakeEngine } from '../engine/index.ts'
import { openEmbeddedIndex, openGallerySearch } from '../gallery/index.ts'
import { openTestStore, sql, type TestStore } from '../store/index.ts'
import { issueCertificate } from '../training/index.ts'
import type { CliRooms } from './cli-deps.ts'
import { buildCli, type CliDeps, type MachineFinding } from './index.ts'
import { problemLines } from './say.ts'

const PASSWORD = 'a long enough phrase'

let store: TestStore
let folder = ''
let deps: CliDeps
let password: string | null = PASSWORD
let findings: readonly MachineFinding[] = []
const engine = createFakeEngine()

const noModel = async () => refuse('manifest_missing', 'There is no such manifest.', 'Name one.')

function good<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value
  throw new Error(outcome.problem.message)
}

beforeAll(async () => {
  store = await openTestStore()
  folder = await mkdtemp(join(tmpdir(), 'countenance-cli-'))
  const common = { store, engine, clock: systemClock, ids: randomIds }
  const gallery = openGallerySearch(store, engine.model)
  const log = openLog(store, { origin: 'countenance.test/log', signingKey: randomBytes(32), clock: systemClock })
  const models = { builtIn: engine.model, builtInFloor: 0.26, examineModel: noModel, openEngineOf: async () => engine }
  const openIndexOf: CliRooms['openIndexOf'] = async (model) => openEmbeddedIndex(store, model, { threads: 0 })
  const rooms = { ...common, ...models, gallery, log, openIndexOf, close: async () => {} }
  deps = {
    open: async () => rooms,
    openEvaluation: async () => ({ engine, clock: systemClock, close: async () => {} }),
    serve: async () => {},
    examineMachine: async () => findings,
    password: () => password,
    newPassword: () => PASSWORD,
  }
  const format = { caseNumberPattern: '^\\d{4}$', caseNumberExample: '1234' }
  const agency = good(
    await registerAgency(common, INSTALLATION, { ori: 'CA0194200', name: 'Lakeside Police', ...format }),
  ).id
  const people: readonly (readonly [string, Role])[] = [
    ['officer', 'investigator'],
    ['keeper', 'custodian'],
    ['auditor', 'auditor'],
    ['chief', 'administrator'],
  ]
  for (const [username, role] of people) {
    const input = { username, name: username, agency, roles: [role], password: PASSWORD }
    const account = good(await openAccount(common, INSTALLATION, input)).id
    const course = { course: 'face-search-requester', courseVersion: '1', score: 1 }
    if (role === 'investigator')
      good(await issueCertificate(common, INSTALLATION, { account, track: 'requester', ...course }))
  }
})
afterAll(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

let printed = ''
beforeEach(() => {
  printed = ''
  password = PASSWORD
  process.exitCode = 0
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      printed += String(text)
      return true
    })
  }
})
afterEach(() => {
  vi.restoreAllMocks()
  process.exitCode = 0
})

async function run(...words: string[]): Promise<{ code: unknown; out: string }> {
  await buildCli(deps).run(words)
  return { code: process.exitCode, out: printed }
}

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, text)
  return path
}

const SOURCE = ['--source', 'County jail', '--legal-basis', 'Agreement of 2020']

describe('enrol', () => {
  it('registers the source, names each bad line, keeps the good ones, and repeats without doing anything twice', async () => {
    await file('a.jpg', 'PERSON:ann:1')
    await file('b.jpg', 'PERSON:bob:1')
    const header = 'booking_number,person_key,booked_at,birth_year,sex,charge_ucr,image,captured_at'
    const line = (key: string, day: string, image: string) => `B-${key},P-${key},${day},1980,M,ROBBERY,${image},${day}`
    const rows = [
      header,
      line('1', '2024-01-05T10:00:00Z', 'a.jpg'),
      line('2', 'last week', 'b.jpg'),
      line('3', '2024-01-05T10:00:00Z', 'b.jpg'),
    ]
    await file('bookings.csv', rows.join('\n'))
    const first = await run('enrol', folder, ...SOURCE, '--user', 'keeper')
    expect(first.out).toMatch(/line 3, booked_at/)
    expect(first.out).toContain('2 enrolled, 0 known before, 1 refused.')
    expect(first.code).toBe(1)
    printed = ''
    const second = await run('enrol', folder, ...SOURCE, '--user', 'keeper')
    expect(second.out).toContain('0 enrolled, 2 known before, 1 refused.')
  })

  it('an unknown source is refused with the names that exist', async () => {
    const answer = await run('enrol', folder, '--source', 'The web', '--user', 'keeper')
    expect(answer.out).toMatch(/no authorised source named "The web"/)
    expect(answer.out).toMatch(/"County jail"/)
    expect(answer.code).toBe(1)
  })

  it('a missing column is named', async () => {
    const csv = await file('short.csv', 'booking_number,image\n1,a.jpg\n')
    const answer = await run('enrol', folder, ...SOURCE, '--csv', csv, '--user', 'keeper')
    expect(answer.out).toMatch(/csv_column_missing/)
    expect(answer.out).toMatch(/person_key/)
  })

  it('a source may be kept to agencies, which must exist', async () => {
    await file('short.csv', 'booking_number,image\n1,a.jpg\n')
    const kept = ['--source', 'Kept jail', '--legal-basis', 'Agreement of 2021', '--user', 'keeper']
    const unknown = await run('enrol', folder, ...kept, '--agencies', 'CA0199999')
    expect(unknown.out).toMatch(/agency_unknown/)
    expect(unknown.out).toMatch(/CA0194200 \(Lakeside Police\)/)
    printed = ''
    const known = await run('enrol', folder, ...kept, '--agencies', 'ca0194200', '--csv', join(folder, 'short.csv'))
    expect(known.out).toMatch(/csv_column_missing/)
    const { rows } = await store.transaction({ agency: null }, (tx) =>
      sql<{ ori: string }>`select a.ori from gallery_source s join agency a on a.id = any(s.agencies)
        where s.name = 'Kept jail'`.execute(tx),
    )
    expect(rows).toEqual([{ ori: 'CA0194200' }])
  })

  it('only a custodian enrols', async () => {
    expect((await run('enrol', folder, ...SOURCE, '--user', 'officer')).out).toMatch(/role_required/)
  })
})

describe('search', () => {
  const form = [
    '--case',
    '1234',
    '--crime',
    'ROBBERY',
    '--predicate',
    'reasonable_suspicion',
    '--narrative',
    'Seen leaving.',
  ]
  const rest = ['--basis', 'consent', '--from', 'Witness', '--attest', '--user', 'officer']

  it('files, is permitted, searches, and shows counts but nobody', async () => {
    const photo = await file('probe.jpg', 'PERSON:ann:2')
    const answer = await run('search', photo, ...form, ...rest)
    expect(answer.out).toContain('Searched 2 photographs. The list is proved exact over 2 photographs. Candidates: 1.')
    expect(answer.out).not.toMatch(/B-1|P-1|score|cand_/)
    expect(answer.code).toBe(0)
  })

  it('may be narrowed, and says to what', async () => {
    const photo = await file('probe.jpg', 'PERSON:ann:2')
    const narrow = ['--source', 'County jail', '--booked-to', '2024-12-31', '--sex', 'm', '--age', '40-']
    const answer = await run('search', photo, ...form, ...rest, ...narrow)
    expect(answer.out).toMatch(
      /photographs from County jail; sex recorded as male, or not recorded; booked on or before December 31, 2024; aged 40/,
    )
    expect(answer.code).toBe(0)
  })

  it.each([
    [['--source', 'The web'], /source_unknown/],
    [['--age', 'old'], /age_out_of_range/],
    [['--age', '30-20'], /range_reversed/],
    [['--sex', 'Q'], /unknown_value/],
    [['--booked-from', '2999-01-01'], /date_in_future/],
  ])('a filter that cannot be used (%s) is refused', async (words, code) => {
    const before = engine.counts.templates
    const answer = await run('search', await file('probe.jpg', 'PERSON:ann:2'), ...form, ...rest, ...words)
    expect(answer.out).toMatch(code)
    expect([answer.code, engine.counts.templates]).toEqual([1, before])
  })

  it('a refusal prints every finding and never reaches the comparison', async () => {
    const before = engine.counts.templates
    const photo = await file('probe.jpg', 'PERSON:ann:3')
    const answer = await run('search', photo, '--user', 'officer')
    for (const code of ['case_number_missing', 'crime_type_missing', 'predicate_missing', 'acquisition_not_attested']) {
      expect(answer.out).toContain(code)
    }
    expect(answer.code).toBe(1)
    expect(engine.counts.templates).toBe(before)
  })

  it('of several faces the investigator chooses', async () => {
    const photo = await file('two.jpg', 'TWOFACES')
    expect((await run('search', photo, ...form, ...rest)).out).toMatch(/shows 2 faces.*--face/s)
    printed = ''
    expect((await run('search', photo, ...form, ...rest, '--face', '2')).out).toMatch(/Searched 2 photographs/)
    printed = ''
    expect((await run('search', photo, ...form, ...rest, '--face', '7')).out).toMatch(/faceIndex|face/)
  })

  it.each([
    ['NOFACE', 'no_face'],
    ['BROKEN', 'unreadable_image'],
  ])('a photograph that cannot be used (%s) says why', async (bytes, code) => {
    expect((await run('search', await file('bad.jpg', bytes), ...form, ...rest)).out).toContain(code)
  })

  it('a missing file is named', async () => {
    expect((await run('search', join(folder, 'none.jpg'), ...form, ...rest)).out).toMatch(
      /none\.jpg cannot be read \(ENOENT\)/,
    )
  })
})

describe('signing in', () => {
  it('a wrong password is one sentence', async () => {
    password = 'something else entirely'
    const answer = await run('export', join(folder, 'x.jsonl'), '--user', 'auditor')
    expect(answer.out).toMatch(/do not belong together/)
    expect(answer.code).toBe(1)
  })

  it('without a terminal and without COUNTENANCE_PASSWORD it says what to set', async () => {
    password = null
    expect((await run('export', join(folder, 'x.jsonl'), '--user', 'auditor')).out).toMatch(/COUNTENANCE_PASSWORD/)
  })
})

describe('export and verify', () => {
  it('an auditor exports, anybody verifies; a changed byte and a rewritten past are found', async () => {
    const path = join(folder, 'log.jsonl')
    expect((await run('export', path, '--user', 'auditor')).out).toMatch(/entries written/)
    printed = ''
    expect(await run('verify', path)).toMatchObject({ code: 0, out: expect.stringContaining('The export verifies') })
    const checkpoint = await file(
      'checkpoint.txt',
      JSON.parse((await readFile(path, 'utf8')).split('\n')[0] ?? '').checkpoint,
    )
    printed = ''
    expect((await run('verify', path, '--earlier', checkpoint)).code).toBe(0)
    const other = await file(
      'other.txt',
      'countenance.test/log\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n— countenance.test/log AAAAAA==\n',
    )
    printed = ''
    expect((await run('verify', path, '--earlier', other)).out).toMatch(/history_differs|checkpoint_unreadable/)
    process.exitCode = 0
    const text = await readFile(path, 'utf8')
    await writeFile(path, text.replace('"roles":["auditor"]', '"roles":["examiner"]'))
    printed = ''
    expect(await run('verify', path)).toMatchObject({ code: 1, out: expect.stringContaining('does NOT verify') })
  })

  it('only auditors export; an existing file is not overwritten', async () => {
    expect((await run('export', join(folder, 'y.jsonl'), '--user', 'officer')).out).toMatch(/role_required/)
    const taken = await file('taken.jsonl', 'mine')
    await expect(run('export', taken, '--user', 'auditor')).rejects.toThrow(/EEXIST/)
    expect(await readFile(taken, 'utf8')).toBe('mine')
  })

  it('a missing export is named', async () => {
    expect((await run('verify', join(folder, 'none.jsonl'))).out).toMatch(/There is no file/)
  })
})

describe('what the log keeps of a command', () => {
  async function actsAfter(act: () => Promise<unknown>): Promise<readonly string[]> {
    const read = () =>
      store.transaction({ agency: null }, async (tx) => {
        const { rows } = await sql<{ leaf: string }>`select leaf from log_entry order by id`.execute(tx)
        return rows.map((row) => (JSON.parse(row.leaf) as { act: string }).act)
      })
    const before = (await read()).length
    await act()
    return (await read()).slice(before)
  }

  it('a search: signed in, filed, permitted, searched, signed out', async () => {
    const photo = await file('logged.jpg', 'PERSON:ann:9')
    const form = ['--case', '1234', '--crime', 'ROBBERY', '--predicate', 'probable_cause', '--narrative', 'Seen.']
    const rest = ['--basis', 'consent', '--from', 'Witness', '--attest', '--user', 'officer']
    expect(await actsAfter(() => run('search', photo, ...form, ...rest))).toEqual([
      ...['session.opened', 'probe.received', 'request.submitted', 'request.permitted'],
      ...['search.authorised', 'search.completed', 'session.closed'],
    ])
  })

  it.each([
    ['search', 'officer', ['session.opened', 'probe.refused', 'session.closed']],
    ['enrol', 'officer', ['session.opened', 'session.closed']],
  ])('a %s that is refused still signs out', async (command, user, acts) => {
    const photo = await file('none.jpg', 'NOFACE')
    const words = command === 'search' ? [photo] : [folder, ...SOURCE]
    expect(await actsAfter(() => run(command, ...words, '--user', user))).toEqual(acts)
  })

  it('a wrong password: one refused session and nothing else', async () => {
    password = 'not the pass phrase'
    const acts = await actsAfter(() => run('enrol', folder, ...SOURCE, '--user', 'keeper'))
    expect(acts).toEqual(['session.refused'])
  })

  it('offline verification touches no log at all', async () => {
    expect(await actsAfter(() => run('verify', join(folder, 'none.jsonl')))).toEqual([])
  })
})

describe('what is typed wrongly', () => {
  const form = ['--case', '1234', '--crime', 'ROBBERY', '--predicate', 'reasonable_suspicion', '--narrative', 'Seen.']
  const rest = ['--basis', 'consent', '--from', 'Witness', '--attest', '--user', 'officer']

  it.each([
    [['--limit', '0'], 'limit'],
    [['--limit', '51'], 'limit'],
    [['--limit', 'many'], 'limit'],
    [['--face', '0'], 'face'],
    [['--purpose', 'curiosity'], 'purpose'],
    [['--probe-source', 'the web'], 'probeSource'],
    [['--depicts', 'anybody'], 'depicts'],
    [['--basis', 'found it'], 'acquisition'],
  ])('%j is refused before anything is compared, with its place', async (words, place) => {
    const before = engine.counts.templates
    const answer = await run('search', await file('typed.jpg', 'PERSON:ann:7'), ...form, ...rest, ...words)
    expect(answer.code).toBe(1)
    expect(answer.out).toContain(place)
    expect(answer.out).toMatch(/\((refusal|failure): [a-z_]+\)/)
    expect(engine.counts.templates).toBe(before)
  })

  it.each([
    [{ kind: 'refusal', code: 'a_code', message: 'What.', remedy: 'Do.' }, ['What.', '  Do.', '  (refusal: a_code)']],
    [
      { kind: 'failure', code: 'b_code', message: 'What.', remedy: 'Do.', where: 'line 3' },
      ['What. [line 3]', '  Do.', '  (failure: b_code)'],
    ],
  ] as const)('a problem reads: what, where, what to do, and its code', (problem, lines) => {
    expect(problemLines(problem)).toEqual(lines)
  })
})

describe('verify, given more', () => {
  it('a key received elsewhere, and an earlier checkpoint that is not there', async () => {
    const path = join(folder, 'keyed.jsonl')
    await run('export', path, '--user', 'auditor')
    printed = ''
    expect((await run('verify', path)).out).toContain('The key came with the export.')
    const [head] = (await readFile(path, 'utf8')).split('\n')
    const key = (JSON.parse(head ?? '') as { verifierKey: string }).verifierKey
    printed = ''
    const trusted = await run('verify', path, '--key', key)
    expect(trusted.code).toBe(0)
    expect(trusted.out).not.toContain('The key came with the export.')
    printed = ''
    expect(await run('verify', path, '--earlier', join(folder, 'gone.txt'))).toMatchObject({
      ...{ code: 1, out: expect.stringContaining('file_unreadable') },
    })
  })
})

describe('without a command', () => {
  it('serves, once', async () => {
    let served = 0
    const serve = async () => {
      served += 1
    }
    await buildCli({ ...deps, serve }).run([])
    await buildCli({ ...deps, serve }).run(['serve'])
    expect(served).toBe(2)
  })

  it('an error that nobody expected is not dressed up as a refusal', async () => {
    const examineMachine = async () => {
      throw new TypeError('broken')
    }
    await expect(buildCli({ ...deps, examineMachine }).run(['doctor'])).rejects.toThrow('broken')
    expect(process.exitCode).toBe(0)
  })
})

describe('gallery', () => {
  const booking = async () => {
    const { rows } = await store.transaction({ agency: null }, (tx) =>
      sql<{ id: string }>`select id from gallery_booking order by id limit 1`.execute(tx),
    )
    return rows[0]?.id ?? ''
  }

  it('seals a booking by order and lifts the seal again', async () => {
    const id = await booking()
    const sealed = await run('gallery', 'seal', id, '--order', 'PC 851.91', '--user', 'keeper')
    expect(sealed).toMatchObject({ code: 0, out: expect.stringContaining('is sealed') })
    expect((await run('gallery', 'seal', id, '--order', 'PC 851.91', '--user', 'keeper')).out).toMatch(/already_sealed/)
    expect((await run('gallery', 'unseal', id, '--order', 'x', '--user', 'officer')).out).toMatch(/role_required/)
    expect((await run('gallery', 'unseal', id, '--order', 'x', '--user', 'keeper')).out).toMatch(/is searched again/)
  })

  it('moves, compares every photograph, and refuses to move where it is', async () => {
    const there = await run('gallery', 'move', '--to', 'embedded', '--user', 'chief')
    expect(there).toMatchObject({ code: 1, out: expect.stringContaining('already_there') })
    printed = ''
    const moved = await run('gallery', 'move', '--to', 'cluster', '--user', 'chief')
    expect(moved.out).toMatch(/Searches are made in the cluster gallery now: \d+ photographs, each compared/)
    expect((await run('gallery', 'move', '--to', 'embedded', '--user', 'keeper')).out).toMatch(/role_required/)
    printed = ''
    expect((await run('gallery', 'move', '--to', 'embedded', '--user', 'chief')).out).toMatch(/embedded gallery now/)
  })
})

describe('doctor', () => {
  it('prints a line for each finding and ends with 1 when something is bad', async () => {
    findings = [{ what: 'Node', state: 'good', sentence: 'v24.' }]
    expect(await run('doctor')).toMatchObject({ code: 0, out: expect.stringContaining('good     Node: v24.') })
    findings = [{ what: 'Audit log', state: 'bad', sentence: 'it does not verify.' }]
    expect((await run('doctor')).code).toBe(1)
  })
})

describe('setup and account', () => {
  const setup = ['--ori', 'CA0194300', '--agency', 'Hillside Police', '--case-pattern', '.+', '--case-example', '1']

  it('a system somebody uses is not set up again', async () => {
    const answer = await run('setup', ...setup, '--user', 'boss', '--person', 'Bo Boss')
    expect(answer).toMatchObject({ code: 1, out: expect.stringContaining('already_set_up') })
  })

  it('only an administrator opens accounts, and only with roles that go together', async () => {
    const account = (...words: string[]) => run('account', 'newcomer', '--person', 'New Comer', ...words)
    expect((await account('--roles', 'examiner', '--user', 'officer')).out).toMatch(/role_required/)
    printed = ''
    expect((await account('--roles', 'administrator,investigator', '--user', 'chief')).out).toMatch(/roles_conflict/)
    printed = ''
    expect((await account('--roles', 'wizard', '--user', 'chief')).out).toMatch(/role_unknown/)
    process.exitCode = 0
    printed = ''
    const opened = await account('--roles', 'examiner, auditor', '--user', 'chief')
    expect(opened).toMatchObject({
      code: 0,
      out: expect.stringContaining('newcomer may now sign in as auditor, examiner'),
    })
  })
})
