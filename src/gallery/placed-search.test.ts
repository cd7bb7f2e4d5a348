import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openCertifiedSearch } from './certified-search.ts'
import { followSource } from './follow-source.ts'
import { NO_FILTER } from './gallery-filter.ts'
import type { GallerySearch } from './gallery-search.ts'
import { MemoryIndex } from './memory-gallery.fixture.ts'
import { openPlacedSearch } from './placed-search.ts'
import { type GalleryPlace, insertPlace } from './records-place.ts'
import { openStoreTemplates } from './store-templates.ts'
import { openTestGallery, type TestGallery } from './test-gallery.fixture.ts'

let gallery: TestGallery
let opened: GalleryPlace[]
let closed: GalleryPlace[]
beforeAll(async () => {
  gallery = await openTestGallery()
  await gallery.enrol('PERSON:ada:1')
})
afterAll(() => gallery.close())
beforeEach(() => {
  opened = []
  closed = []
})

async function openPlace(place: GalleryPlace): Promise<GallerySearch> {
  opened.push(place)
  const { model } = gallery.deps.engine
  const source = openStoreTemplates(gallery.store, model.sha256, model.dimension)
  const index = new MemoryIndex()
  index.close = async () => {
    closed.push(place)
  }
  return openCertifiedSearch(source, followSource(source, index), model)
}

const moveTo = (place: GalleryPlace) =>
  gallery.store.transaction({ agency: null }, (tx) =>
    insertPlace(tx, {
      ...{ modelSha256: gallery.deps.engine.model.sha256, place },
      ...{ since: '2026-11-22T15:00:00.00Z', by: 'acct_test' },
    }),
  )

describe('a search in the place of the gallery', () => {
  it('opens nothing before it is asked', async () => {
    const search = openPlacedSearch(gallery.store, gallery.deps.engine.model.sha256, openPlace)
    expect([opened, search.comparisons]).toEqual([[], 0])
    await search.close()
    expect(opened).toEqual([])
  })

  it('goes over when the gallery was moved, and keeps its count', async () => {
    const { model } = gallery.deps.engine
    const search = openPlacedSearch(gallery.store, model.sha256, openPlace)
    const made = await gallery.deps.engine.makeTemplate(new TextEncoder().encode('PERSON:ada:probe'))
    if (!made.ok) throw new Error(made.problem.message)
    const options = { model, limit: 1, threshold: 0.5, filter: NO_FILTER }
    const before = await search.search(made.value.vector, options)
    await moveTo('cluster')
    expect(await search.searchMany([made.value.vector], options)).toEqual([before])
    expect([opened, search.comparisons]).toEqual([['embedded', 'cluster'], 2])
    await expect.poll(() => closed).toEqual(['embedded'])
    expect(await search.size()).toBe(1)
    expect(opened).toHaveLength(2)
    await moveTo('embedded')
    expect(await search.size()).toBe(1)
    await search.close()
    expect(closed.toSorted()).toEqual(['cluster', 'embedded', 'embedded'])
  })

  it('fails when the place cannot be opened, and tries again at the next search', async () => {
    let fails = true
    const search = openPlacedSearch(gallery.store, gallery.deps.engine.model.sha256, async (place) => {
      if (fails) throw new Error('no cluster is named')
      return openPlace(place)
    })
    await expect(search.size()).rejects.toThrow('no cluster is named')
    fails = false
    expect(await search.size()).toBe(1)
  })
})
