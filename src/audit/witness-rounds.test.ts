import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sql } from '../store/index.ts'
import { gatherCosignatures } from './collect-cosignatures.ts'
import { leafTexts, ORIGIN, SIGNER } from './export.fixture.ts'
import { setFailureHere } from './failure-here.ts'
import { eachWithLog } from './integrator.fixture.ts'
import { until } from './log-folder.fixture.ts'
import {
  CompactRange,
  checkpointText,
  countCosignatures,
  openCheckpoint,
  parseVerifierKey,
  parseWitnessKey,
} from './tlog/index.ts'
import { known } from './tlog/log.fixture.ts'
import { type RunningWitness, runWitness } from './witness/run-witness.ts'
import type { WitnessPlace } from './witness-place.ts'

const NOBODY = { agency: null }
const t = eachWithLog()
const servers: Server[] = []
let home = ''
let running: RunningWitness[] = []
let places: readonly WitnessPlace[] = []
const keys = () => places.map((place) => place.key)

const startWitness = (name: string, listen = '127.0.0.1:0') =>
  runWitness({ folder: join(home, name), listen, logs: [SIGNER.verifierKey], name, clock: t().clock, warn: () => {} })

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'countenance-rounds-'))
  running = [await startWitness('w1'), await startWitness('w2')]
  places = running.map(({ url, verifierKey }) => ({ url, key: known(parseWitnessKey(verifierKey)) }))
})
afterEach(async () => {
  await t().stopAll()
  for (const witness of running) await witness.close()
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
  await rm(home, { recursive: true, force: true })
})

const open = (over: { readonly needed?: number; readonly places?: readonly WitnessPlace[]; everyMs?: number } = {}) =>
  t().open(t().store, { places, needed: 2, everyMs: 20, ...over })
const published = async () => await readFile(join(t().folder, 'checkpoint'), 'utf8').catch(() => '')
const cosignedBy = async (count: number) => countCosignatures(await published(), keys()) === count
const acts = async () => (await t().open().entries({ limit: 50 }, null)).entries.map((entry) => entry.act)
const noted = async () => (await acts()).filter((act) => act.endsWith('witnessed'))
const away = (place: WitnessPlace | undefined): WitnessPlace => ({ ...known(place), url: 'http://127.0.0.1:1' })

/** A place where something else answers for a witness. */
async function impostor(at: WitnessPlace | undefined, status: number, type: string, body: string) {
  const server = createServer((_, answer) => answer.writeHead(status, { 'content-type': type }).end(body))
  return { ...known(at), url: await listening(server) }
}

async function listening(server: Server): Promise<string> {
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Another log with the same key, of so many entries, is shown to a witness. */
async function showFork(place: WitnessPlace | undefined, size: number): Promise<void> {
  const tree = new CompactRange()
  for (const leaf of leafTexts(size)) tree.append(Buffer.from(leaf))
  const note = SIGNER.sign(checkpointText({ origin: ORIGIN, size, root: tree.root() }))
  const options = { needed: 1, keep: async () => {} }
  const shown = await gatherCosignatures({ note, proofFrom: async () => [] }, [known(place)], options)
  expect(shown.enough).toBe(true)
}

describe('the witnesses of a running log', () => {
  it('cosign what is published, and the folder shows it', async () => {
    await t().add(3)
    const log = open()
    await t().start(log)
    await until(() => cosignedBy(2))
    await t().add(4)
    await until(async () => (await cosignedBy(2)) && (await t().published()) === 7)
    const trusted = { origin: ORIGIN, verifiers: [known(parseVerifierKey(SIGNER.verifierKey))] }
    expect(openCheckpoint(await published(), trusted)).toMatchObject({ ok: true, checkpoint: { size: 7 } })
    expect(await log.witnessed()).toEqual({
      ...{ size: 7, count: 2, needed: 2, cosignedAt: '2026-11-22T15:24:03.17Z' },
      note: await published(),
    })
    expect([t().troubles, t().away]).toEqual([[], []])
  })

  it('go on after a restart, of the log and of a witness', async () => {
    await t().add(2)
    await t().start(open())
    await until(() => cosignedBy(2))
    await t().stopAll()
    await running[0]?.close()
    const first = await startWitness('w1', new URL(places[0]?.url ?? '').host)
    running = [first, known(running[1])]
    await t().add(2)
    await t().start(open())
    await until(async () => (await cosignedBy(2)) && (await t().published()) === 4)
    expect(t().troubles).toEqual([])
  })

  it('are not asked again about what all have cosigned, nor more often than is set', async () => {
    let asked = 0
    const counting = createServer((_, answer) => {
      asked += 1
      answer.writeHead(503).end()
    })
    const place = { ...known(places[1]), url: await listening(counting) }
    await t().start(open({ places: [place], needed: 0, everyMs: 3_600_000 }))
    await until(() => asked === 1)
    await t().add(1)
    await until(async () => (await t().published()) === 1)
    expect(asked).toBe(1)
    await t().stopAll()
    await t().start(open())
    await until(() => cosignedBy(2))
    const rows = sql<{ count: number }>`select count(*)::int as count from log_cosigned`
    const count = async () => (await t().store.transaction(NOBODY, (tx) => rows.execute(tx))).rows[0]?.count
    const before = await count()
    await new Promise((resolve) => setTimeout(resolve, 600))
    expect(await count()).toBe(before)
  })

  it('may be asked by several servers at once without alarm', async () => {
    await Promise.all([t().start(open()), t().start(open()), t().start(open())])
    for (let round = 0; round < 8; round += 1) await t().add(5)
    await until(async () => (await cosignedBy(2)) && (await t().published()) === 40)
    expect([t().troubles, await t().failure()]).toEqual([[], null])
  })

  it('have their cosignatures back in a folder that was made again', async () => {
    await t().add(3)
    await t().start(open())
    await until(() => cosignedBy(2))
    await t().stopAll()
    await rm(t().folder, { recursive: true })
    await t().start(open({ places: places.map(away), needed: 2 }))
    expect(await cosignedBy(2)).toBe(true)
  })

  it('count no more where what was kept is changed', async () => {
    await t().add(1)
    await t().start(open())
    await until(() => cosignedBy(2))
    await t().stopAll()
    await t().store.transaction(NOBODY, async (tx) => {
      const changed = (await published()).replace(
        /(w1 [^=]{20})(.)/,
        (_, head, one) => `${head}${one === 'A' ? 'B' : 'A'}`,
      )
      await sql`insert into log_cosigned (size, note, cosigned_at) values (1, ${changed}, now())`.execute(tx)
    })
    expect(await open().witnessed()).toMatchObject({ size: 1, count: 0, needed: 2 })
    await rm(t().folder, { recursive: true })
    await t().start(open({ places: places.map(away) }))
    expect(await cosignedBy(1)).toBe(true)
    const change = sql`update log_cosigned set size = 2`
    await expect(t().store.transaction(NOBODY, (tx) => change.execute(tx))).rejects.toThrow()
    const asOwner = async (query: typeof change) =>
      await t().store.transaction(NOBODY, async (tx) => {
        await sql`set local role none`.execute(tx)
        await query.execute(tx)
      })
    for (const query of [change, sql`delete from log_cosigned`, sql`truncate log_cosigned`]) {
      await expect(asOwner(query)).rejects.toThrow('only ever added to')
    }
  })

  it('are no part of the log where none is set', async () => {
    await t().add(1)
    await t().start()
    expect(await t().open().witnessed()).toBeNull()
    expect(await open().witnessed()).toBeNull()
  })
})

describe('a witness that is away', () => {
  it('is told to the operator once; the others cosign, and acts go on', async () => {
    const log = open({ places: [away(places[0]), known(places[1])], needed: 1 })
    const integrator = await t().start(log)
    await t().add(1)
    await until(async () => (await log.witnessed())?.size === 1)
    await t().add(1)
    await until(async () => (await log.witnessed())?.size === 2)
    expect(await log.witnessed()).toMatchObject({ count: 1, needed: 1 })
    expect(t().away).toEqual([
      expect.stringContaining('The witness w1 at http://127.0.0.1:1 does not cosign: it cannot'),
    ])
    t().clock.advance(3_600_000)
    await t().add(1)
    await until(async () => (await log.witnessed())?.size === 3)
    expect(await noted()).toEqual([])
    expect(integrator.healthy()).toBe(true)
  })

  it('makes an entry after ten minutes where it is needed, and another when it is back', async () => {
    const short = [away(places[0]), known(places[1])]
    await t().start(open({ places: short }))
    await until(() => t().away.length === 1)
    const since = async () => {
      const rows = sql<{ since: Date | null }>`select short_since as since from log_witnessing`
      return (await t().store.transaction(NOBODY, (tx) => rows.execute(tx))).rows[0]?.since ?? null
    }
    await until(async () => (await since()) !== null)
    t().clock.advance(600_000)
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(await noted()).toEqual([])
    t().clock.advance(1)
    await until(async () => (await noted()).length === 1)
    await t().stopAll()
    t().clock.advance(60_000)
    await t().start(open())
    await until(async () => (await noted()).length === 2)
    expect(await since()).toBeNull()
    await new Promise((resolve) => setTimeout(resolve, 300))
    const { entries } = await t().open().entries({ limit: 50 }, null)
    const told = entries.filter((entry) => entry.act.endsWith('witnessed'))
    const [start, end] = ['2026-11-22T15:24:03.17Z', '2026-11-22T15:35:03.17Z']
    expect(told).toMatchObject([
      { act: 'log.witnessed', facts: { since: start, until: end, needed: 2, got: 2 } },
      { act: 'log.unwitnessed', facts: { since: start, needed: 2, got: 1 } },
    ])
  })

  it('delays nothing while it is silent, not even the end', async () => {
    let asked = 0
    const silent = createServer(() => {
      asked += 1
    })
    const place = { ...known(places[0]), url: await listening(silent) }
    await t().start(open({ places: [place], needed: 1 }))
    await until(() => asked === 1)
    await t().add(5)
    await until(async () => (await t().published()) === 5)
    await t().stopAll()
    expect([asked, t().away, t().troubles]).toEqual([1, [], []])
    expect(await stat(join(t().folder, 'tile/0/000.p/5'))).toBeDefined()
  })

  it.each([
    [503, 'text/plain', 'trouble of its own'],
    [404, 'text/plain', 'does not serve this log'],
    [403, 'text/plain', 'by another key'],
    [400, 'text/plain', 'does not understand'],
    [200, 'text/plain', 'not that of the witness'],
    [418, 'text/plain', 'not that of the witness'],
  ])('or answers %i is no alarm', async (status, type, words) => {
    const integrator = await t().start(open({ places: [await impostor(places[0], status, type, 'x')], needed: 0 }))
    await until(() => t().away.length > 0)
    expect(t().away).toEqual([expect.stringContaining(words)])
    expect(integrator.healthy()).toBe(true)
  })
})

describe('a witness that was shown another log', () => {
  const refuses = async (words: string) => {
    await until(async () => (await t().failure()) !== null)
    expect(await t().failure()).toMatchObject({ code: 'witness_refused', reason: expect.stringContaining(words) })
    await expect(t().add(1)).rejects.toMatchObject({ code: 'log_failing', message: expect.stringContaining(words) })
    expect(t().troubles).toMatchObject([{ code: 'witness_refused' }])
  }

  it.each([
    [3, 'w2 was shown another log of 3 entries'],
    [5, 'w2 has cosigned 5 entries of this log, and only 3 were signed here'],
    [2, 'w2 does not find that the 3 entries of this log continue'],
  ])('of %i entries stops acts', async (size, words) => {
    await showFork(places[1], size)
    await t().add(3)
    const integrator = await t().start(open({ needed: 1 }))
    await refuses(words)
    expect(integrator.healthy()).toBe(false)
    expect(countCosignatures(await published(), keys())).toBe(1)
  })

  it('stops acts still after a restart, until every witness that is set has cosigned', async () => {
    await showFork(places[1], 3)
    await t().add(3)
    await t().start(open())
    await refuses('w2')
    const restart = async (places: readonly WitnessPlace[]) => {
      await t().stopAll()
      setFailureHere(null)
      return await t().start(open({ places, needed: 1 }))
    }
    expect((await restart([known(places[0]), away(places[1])])).healthy()).toBe(false)
    await expect(t().add(1)).rejects.toMatchObject({ code: 'log_failing' })
    expect((await restart([known(places[0])])).healthy()).toBe(true)
    await t().add(1)
    expect(await acts()).toContain('log.alarm')
  })

  it('stops acts also where the cosignature of another cannot be kept', async () => {
    await showFork(places[1], 3)
    await t().add(3)
    await t().store.transaction(NOBODY, async (tx) => {
      await sql`set local role none`.execute(tx)
      await sql`create function refuse_all() returns trigger language plpgsql as 'begin raise exception ''no''; end'`.execute(
        tx,
      )
      await sql`create trigger refuse before insert on log_cosigned execute function refuse_all()`.execute(tx)
    })
    await t().start(open({ needed: 1 }))
    await refuses('w2')
    expect(t().away).toEqual([expect.stringContaining('could not be asked')])
  })

  it('ends the alarm when it cosigns again', async () => {
    await t().add(2)
    let status = 409
    const wavering = createServer((request, answer) => {
      if (status === 409) return void answer.writeHead(409).end()
      const ask = async () => {
        const body = Buffer.concat(await request.toArray())
        const reply = await fetch(`${places[0]?.url}/add-checkpoint`, { method: 'POST', body })
        answer.writeHead(reply.status, { 'content-type': reply.headers.get('content-type') ?? '' })
        answer.end(await reply.text())
      }
      ask().catch(() => answer.destroy())
    })
    const place = { ...known(places[0]), url: await listening(wavering) }
    const integrator = await t().start(open({ places: [place], needed: 1 }))
    await refuses('w1 was shown another log')
    status = 200
    await until(() => integrator.healthy())
    await until(async () => (await t().failure()) === null)
    await t().add(1)
    const { entries } = await t().open().entries({ limit: 9 }, null)
    expect(entries.find((entry) => entry.act === 'log.alarm')?.facts).toMatchObject({ reason: 'witness_refused' })
  })
})
