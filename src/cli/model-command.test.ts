import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { INSTALLATION, openAccount, registerAgency } from '../access/index.ts'
import { openLog } from '../audit/index.ts'
import { type Outcome, randomIds, refuse, systemClock } from '../base/index.ts'
import { createFakeEngine } from '../engine/index.ts'
import { openEmbeddedIndex, openGallerySearch } from '../gallery/index.ts'
import { openTestStore, type TestStore } from '../store/index.ts'
import { buildCli, type CliDeps } from './index.ts'

const PASSWORD = 'a long enough phrase'
const engine = createFakeEngine()
const brought = createFakeEngine('brought-model')

let store: TestStore
let folder: string
let cli: ReturnType<typeof buildCli>
let printed = ''

beforeEach(async () => {
  store = await openTestStore()
  folder = await mkdtemp(join(tmpdir(), 'countenance-model-'))
  const common = { store, engine, clock: systemClock, ids: randomIds, builtIn: engine.model, builtInFloor: 0.26 }
  const log = openLog(store, { origin: 'countenance.test/log', signingKey: randomBytes(32), clock: systemClock })
  const rooms = {
    ...{ ...common, log, gallery: openGallerySearch(store, engine.model), close: async () => {} },
    examineModel: async (path: string) => (path === 'good.json' ? { ok: true as const, value: examined } : noManifest),
    openEngineOf: async () => brought,
    openIndexOf: async () => openEmbeddedIndex(store, engine.model),
  }
  const unused = () => Promise.reject(new Error('Not asked for here.'))
  const deps = { open: async () => rooms, serve: unused, examineMachine: unused, openEvaluation: unused }
  cli = buildCli({ ...deps, password: () => PASSWORD, newPassword: () => PASSWORD } as CliDeps)
  await openStaff(common)
  printed = ''
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      printed += String(text)
      return true
    })
  }
})
afterEach(async () => {
  vi.restoreAllMocks()
  process.exitCode = 0
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

const noManifest = refuse('manifest_missing', 'There is no such manifest.', 'Name one.')
const examined = {
  ...{ identity: brought.model, fileSha256: 'f'.repeat(64), manifest: { id: brought.model.id }, licence: 'MIT' },
  ...{ licenceOverridden: false, keep: async () => {} },
}

async function openStaff(deps: Parameters<typeof openAccount>[0]): Promise<void> {
  const format = { caseNumberPattern: '^\\d{4}$', caseNumberExample: '1234' }
  const agency = good(await registerAgency(deps, INSTALLATION, { ori: 'CA0194200', name: 'Lakeside', ...format })).id
  for (const [username, role] of [
    ['chief', 'administrator'],
    ['ann', 'supervisor'],
    ['ben', 'supervisor'],
  ] as const) {
    good(await openAccount(deps, INSTALLATION, { username, name: username, agency, roles: [role], password: PASSWORD }))
  }
}

function good<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value
  throw new Error(outcome.problem.message)
}

async function model(...words: string[]): Promise<string> {
  printed = ''
  await cli.run(['model', ...words])
  return printed
}

async function report(of: typeof engine): Promise<string> {
  const rate = (errors: number, trials: number) => ({ errors, trials, rate: errors / trials })
  const path = join(folder, `${of.model.id}.json`)
  const text = JSON.stringify({
    ...{
      schemaVersion: 1,
      madeAt: '2026-11-22T15:00:00.00Z',
      model: of.model,
      set: { name: 's', digest: 'a'.repeat(64) },
    },
    protocol: { seed: 1, leftOut: 300, matedSearches: 500, nonMatedSearches: 500 },
    failures: { enrolment: rate(0, 500) },
    operatingPoints: [{ threshold: { targetFpir: 0.01, threshold: 0.4 }, fnir: rate(10, 500) }],
    det: [{ threshold: 0.9, fnir: 0.05, fpir: 0 }],
    calibration: { points: [{ score: 0.2, fmr: 0.001 }], impostorComparisons: 1e6, floor: 1e-5 },
  })
  await writeFile(path, text)
  return path
}

it('a model is added, evaluated, proposed and approved by two people', async () => {
  expect(await model('add', 'good.json', '--user', 'chief')).toContain('brought-model is registered')
  expect(await model('attach', await report(engine), '--user', 'chief')).toContain('evaluation of fake-engine-1')
  const attached = await model('attach', await report(brought), '--user', 'chief')
  const evaluation = /eval_\w+/.exec(attached)?.[0] ?? ''
  expect(await model('list', '--user', 'ann')).toMatch(/fake-engine-1 {2}built in.*brought-model {2}registered.*eval_/s)
  const form = ['brought-model', '--floor', '0.3', '--user', 'chief']
  expect(await model('propose', ...form)).toContain('evaluation_missing')
  const proposal = /prop_\w+/.exec(await model('propose', ...form, '--evaluation', evaluation))?.[0] ?? ''
  expect(await model('approve', proposal, '--user', 'chief')).toContain('own_proposal')
  expect(await model('approve', proposal, '--user', 'ann')).toContain('1 of 2 approvals and is proposed')
  expect(await model('approve', proposal, '--user', 'ben')).toContain('2 of 2 approvals and is approved')
  const status = await model('status', '--user', 'ann')
  expect(status).toContain('In force: model fake-engine-1, similarity floor 0.26.')
  expect(status).toContain(`Templates for ${proposal}: 0 of 0, 0 impossible, 0 to go.`)
  expect(await model('reject', proposal, '--reason', 'Not now.', '--user', 'chief')).toContain('is withdrawn')
})

it.each([
  [['add', 'none.json', '--user', 'chief'], 'manifest_missing'],
  [['add', 'good.json', '--user', 'ann'], 'role_required'],
  [['attach', 'none.json', '--user', 'chief'], 'report_unreadable'],
  [['propose', 'unheard-of', '--floor', '0.3', '--user', 'chief'], 'Use one of: fake-engine-1'],
  [['propose', 'fake-engine-1', '--floor', 'much', '--user', 'chief'], 'similarity_floor_unusable'],
  [['approve', 'prop_none', '--user', 'ann'], 'not_found'],
  [['reject', 'prop_none', '--reason', 'No.', '--user', 'ann'], 'not_found'],
])('%j says %s', async (words, says) => {
  expect(await model(...words)).toContain(says)
  expect(process.exitCode).toBe(1)
})
