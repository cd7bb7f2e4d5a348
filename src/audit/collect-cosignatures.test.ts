import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fixedClock } from '../base/index.ts'
import { openTestStore, type TestStore } from '../store/index.ts'
import { append } from './append.ts'
import { collectCosignatures, gatherCosignatures } from './collect-cosignatures.ts'
import { RECEIVED } from './entries.fixture.ts'
import { ORIGIN, SIGNER } from './export.fixture.ts'
import type { LogContext } from './sign-checkpoint.ts'
import { countCosignatures, openCheckpoint, parseVerifierKey, parseWitnessKey } from './tlog/index.ts'
import { known } from './tlog/log.fixture.ts'
import { type RunningWitness, runWitness } from './witness/run-witness.ts'
import type { WitnessPlace } from './witness-place.ts'

const NOBODY = { agency: null }
const clock = fixedClock('2026-11-22T15:24:03.170Z')
const verifier = known(parseVerifierKey(SIGNER.verifierKey))

let store: TestStore
let folder = ''
let running: readonly RunningWitness[] = []
let places: readonly WitnessPlace[] = []
let context: LogContext
let kept: string[] = []
const keep = async (note: string) => {
  kept.push(note)
}

beforeAll(async () => {
  store = await openTestStore()
  context = { store, clock, signer: SIGNER, verifier, folder: null }
  folder = await mkdtemp(join(tmpdir(), 'countenance-collect-'))
  const start = (name: string) =>
    runWitness({ folder: join(folder, name), listen: '127.0.0.1:0', logs: [SIGNER.verifierKey], name, clock })
  running = [await start('w1'), await start('w2'), await start('w3')]
  places = running.map(({ url, verifierKey }) => ({ url, key: known(parseWitnessKey(verifierKey)) }))
})
afterAll(async () => {
  for (const witness of running) await witness.close()
  await store.close()
  await rm(folder, { recursive: true, force: true })
})
beforeEach(() => {
  kept = []
})

const grow = async (count: number) => {
  for (let more = 0; more < count; more += 1) await store.transaction(NOBODY, (tx) => append(tx, { clock }, RECEIVED))
}
const away = (place: WitnessPlace | undefined): WitnessPlace => ({ ...known(place), url: 'http://127.0.0.1:1' })

describe('collecting cosignatures', () => {
  it('gathers those of every witness as the log grows, whatever they knew', async () => {
    for (const count of [1, 4, 0, 9]) {
      await grow(count)
      const { note, size, ...rest } = await collectCosignatures(context, places, { needed: 2, keep })
      expect(rest).toMatchObject({ count: 3, enough: true })
      expect(kept.at(-1)).toBe(note)
      const keys = places.map((place) => place.key)
      expect(countCosignatures(note, keys)).toBe(3)
      expect(openCheckpoint(note, { origin: ORIGIN, verifiers: [verifier] })).toMatchObject({
        ok: true,
        checkpoint: { size },
      })
      places = places.map((place, at) => (at === 0 ? { ...place, size } : place))
    }
  })

  it('says who did not, and keeps what there is', async () => {
    await grow(2)
    const two = [away(places[0]), known(places[1]), away(places[2])]
    const found = await collectCosignatures(context, two, { needed: 2, keep })
    expect(found).toMatchObject({ count: 1, enough: false })
    expect(found.answers.map(({ name, answer }) => [name, answer.outcome])).toEqual([
      ['w1', 'unreachable'],
      ['w2', 'cosigned'],
      ['w3', 'unreachable'],
    ])
    expect(kept).toEqual([found.note])
  })

  it('keeps nothing where nobody cosigned', async () => {
    const found = await collectCosignatures(context, places.map(away), { needed: 1, keep })
    expect(found).toMatchObject({ count: 0, enough: false })
    expect(kept).toEqual([])
  })

  it('counts one witness under two addresses once, and cannot need more than there are', async () => {
    const [first] = places
    const twice = [known(first), known(first)]
    await expect(collectCosignatures(context, twice, { needed: 2, keep })).rejects.toThrow(RangeError)
    expect(await collectCosignatures(context, twice, { needed: 1, keep })).toMatchObject({ count: 1, enough: true })
  })

  it('finds on the first exchange that another history was shown', async () => {
    await grow(1)
    const { note, size } = await collectCosignatures(context, places, { needed: 3, keep })
    const text = `${ORIGIN}\n${size}\n${Buffer.alloc(32, 3).toString('base64')}\n`
    const proofFrom = async () => []
    const found = await gatherCosignatures({ note: SIGNER.sign(text), proofFrom }, places, { needed: 1, keep })
    expect(found.answers.map(({ answer }) => answer.outcome)).toEqual(places.map(() => 'root_conflict'))
    expect(found.note).not.toBe(note)
    expect(found.count).toBe(0)
  })
})
