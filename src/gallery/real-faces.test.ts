import { existsSync } from 'node:fs'
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Engine, openEngine, SIMILARITY_FLOOR } from '../engine/index.ts'
import { enrolFolder } from './enrol-folder.ts'
import { CSV_COLUMNS } from './formats/csv.ts'
import { NO_FILTER } from './gallery-filter.ts'
import { openGallerySearch } from './open-gallery-search.ts'
import { actorWith, openTestGallery, type TestGallery } from './test-gallery.fixture.ts'

const REPOSITORY = resolve(import.meta.dirname, '..', '..')
const PHOTOGRAPHS = resolve(REPOSITORY, '..', 'shared', 'data', 'frll-600')
const WEIGHTS = join(REPOSITORY, '.countenance', 'weights')
const PEOPLE = 8

const missing = [PHOTOGRAPHS, join(WEIGHTS, 'fr_feature.onnx')].filter((path) => !existsSync(path))
if (missing.length > 0) console.log(`Gallery tests with real faces are skipped; not here: ${missing.join(', ')}`)

describe.skipIf(missing.length > 0)('real faces', () => {
  let gallery: TestGallery
  let engine: Engine
  let folder: string
  let people: readonly string[]

  beforeAll(async () => {
    engine = await openEngine({ weightsDir: WEIGHTS })
    gallery = await openTestGallery(engine)
    folder = await mkdtemp(join(tmpdir(), 'countenance-faces-'))
    const neutral = (await readdir(PHOTOGRAPHS)).filter((name) => name.endsWith('_03.jpg')).sort()
    people = neutral.slice(0, PEOPLE).map((name) => name.slice(0, 3))
    const lines = people.map((person) => `B-${person},${person},2024-05-31,1990,U,,${person}_03.jpg,2024-05-31`)
    for (const person of people) await copyFile(join(PHOTOGRAPHS, `${person}_03.jpg`), join(folder, `${person}_03.jpg`))
    await writeFile(join(folder, 'bookings.csv'), [CSV_COLUMNS.join(','), ...lines].join('\n'))
  })
  afterAll(async () => {
    await gallery?.close()
    await engine?.close()
    if (folder) await rm(folder, { recursive: true, force: true })
  })

  it('find the same person, smiling, first among neutral photographs enrolled from a folder', async () => {
    const enrolled = await enrolFolder(gallery.deps, actorWith('custodian'), { folder, source: gallery.source.id })
    if (!enrolled.ok) throw new Error(enrolled.problem.message)
    const bookings = enrolled.value.lines.map((line) => (line.state === 'enrolled' ? line.booking : line.state))
    const search = openGallerySearch(gallery.store, engine.model)
    const first: (string | undefined)[] = []
    for (const person of people) {
      const probe = await engine.makeTemplate(await readFile(join(PHOTOGRAPHS, `${person}_08.jpg`)))
      if (!probe.ok) throw new Error(probe.problem.message)
      const options = { model: engine.model, limit: 50, threshold: SIMILARITY_FLOOR, filter: NO_FILTER }
      const found = await search.search(probe.value.vector, options)
      expect(found.searched).toBe(PEOPLE)
      first.push(found.candidates[0]?.booking)
    }
    expect(first).toEqual(bookings)
  })

  it('are not stored in clear: the file’s bytes are in no sealed object', async () => {
    const original = await readFile(join(folder, `${people[0]}_03.jpg`))
    const objects = await readdir(gallery.store.blobFolder, { recursive: true, withFileTypes: true })
    const files = objects.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
    expect(files).toHaveLength(PEOPLE)
    for (const file of files) {
      const bytes = await readFile(file)
      expect(bytes.includes(original.subarray(0, 16))).toBe(false)
      expect(bytes.includes(original.subarray(1000, 1032))).toBe(false)
    }
  })
})
