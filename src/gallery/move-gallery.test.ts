import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { MemoryIndex } from './memory-gallery.fixture.ts'
import { type MoveProgress, moveGallery } from './move-gallery.ts'
import { placeOf } from './records-place.ts'
import { actorWith, openTestGallery, type TestGallery } from './test-gallery.fixture.ts'

const administrator = actorWith('administrator')

let gallery: TestGallery
let index: MemoryIndex
beforeAll(async () => {
  gallery = await openTestGallery()
  for (const name of ['ada', 'bea', 'cyd']) await gallery.enrol(name)
})
afterAll(() => gallery.close())
beforeEach(() => {
  index = new MemoryIndex()
})

const openIndex = async () => index
const place = () => gallery.store.transaction({ agency: null }, (tx) => placeOf(tx, gallery.deps.engine.model.sha256))
const moves = async () => (await gallery.entries()).filter(({ act }) => act === 'gallery.moved')

describe('moving the gallery', () => {
  it.each(['custodian', 'auditor', 'investigator'] as const)('is not for a %s', async (role) => {
    const moved = await moveGallery(gallery.deps, actorWith(role), { place: 'cluster', openIndex })
    expect(moved).toMatchObject({ problem: { code: 'role_required' } })
    expect([index.held.size, await place()]).toEqual([0, 'embedded'])
  })

  it('to where it is already is refused', async () => {
    const moved = await moveGallery(gallery.deps, administrator, { place: 'embedded', openIndex })
    expect(moved).toMatchObject({ problem: { code: 'already_there' } })
  })

  it('does not happen when a row arrives otherwise than it left', async () => {
    const apply = index.apply.bind(index)
    index.apply = async (changes) => {
      await apply(changes)
      const [seq, held] = [...index.held][1] ?? [0, undefined]
      if (held !== undefined) index.held.set(seq, { ...held, vector: held.vector.toReversed() })
    }
    const moved = await moveGallery(gallery.deps, administrator, { place: 'cluster', openIndex })
    expect(moved).toMatchObject({ problem: { code: 'rows_differ', kind: 'failure' } })
    expect(await moves()).toEqual([])
    expect(await place()).toBe('embedded')
  })

  it('does not happen when a row is lost on the way', async () => {
    const apply = index.apply.bind(index)
    index.apply = async (changes) => {
      await apply(changes)
      index.held.delete([...index.held.keys()][0] ?? 0)
    }
    await expect(moveGallery(gallery.deps, administrator, { place: 'cluster', openIndex })).rejects.toMatchObject({
      code: 'coverage_incomplete',
    })
    expect(await place()).toBe('embedded')
  })

  it('goes on where it was interrupted, compares every row, and is an entry', async () => {
    const apply = index.apply.bind(index)
    index.apply = async (changes) => {
      await apply(changes.slice(0, 2))
      throw new Error('killed')
    }
    await expect(moveGallery(gallery.deps, administrator, { place: 'cluster', openIndex })).rejects.toThrow('killed')
    expect([index.held.size, await place()]).toEqual([2, 'embedded'])
    let taken = 0
    index.apply = async (changes) => {
      taken += changes.length
      await apply(changes)
    }
    const seen: MoveProgress[] = []
    const moved = await moveGallery(gallery.deps, administrator, { place: 'cluster', openIndex }, (one) =>
      seen.push(one),
    )
    expect(moved).toEqual({ ok: true, value: { place: 'cluster', photographs: 3 } })
    expect(taken).toBe(1)
    expect(seen).toEqual([
      { step: 'copying', done: 3, rows: 3 },
      { step: 'comparing', done: 3, rows: 3 },
    ])
    expect(await place()).toBe('cluster')
    const model = gallery.deps.engine.model.sha256
    expect(await moves()).toMatchObject([{ facts: { model, place: 'cluster', photographs: 3 } }])
  })

  it('and back again is a move as well', async () => {
    expect(await moveGallery(gallery.deps, administrator, { place: 'embedded', openIndex })).toMatchObject({ ok: true })
    expect(await place()).toBe('embedded')
    expect(await moves()).toHaveLength(2)
  })
})
