import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Evidence, EvidenceFolder, MOST_EVIDENCE } from './evidence-folder.ts'
import { newFolder } from './witness.fixture.ts'

let folder = ''
let remove: () => Promise<void>
beforeEach(async () => {
  const made = await newFolder()
  folder = join(made.path, 'evidence')
  remove = made.remove
})
afterEach(() => remove())

const found: Evidence = {
  kind: 'other_root',
  origin: 'county.example/log',
  found: '2026-11-22T15:24:03.17Z',
  cosigned: 'one',
  refused: 'other',
  proof: [],
}

it('evidence is kept once, over restarts, whenever it was found', async () => {
  const path = await (await EvidenceFolder.open(folder)).keep(found)
  expect(JSON.parse(await readFile(path ?? '', 'utf8'))).toEqual(found)
  const again = await EvidenceFolder.open(folder)
  expect(await again.keep({ ...found, found: '2026-11-23T00:00:00.00Z' })).toBeNull()
  expect(await again.keep({ ...found, refused: 'a third' })).not.toBeNull()
  expect(await readdir(folder)).toHaveLength(2)
})

it('evidence that could not be written is kept the next time', async () => {
  const evidence = await EvidenceFolder.open(folder)
  await rm(folder, { recursive: true })
  await expect(evidence.keep(found)).rejects.toThrow('ENOENT')
  await EvidenceFolder.open(folder)
  expect(await evidence.keep(found)).not.toBeNull()
})

it('evidence does not fill the disk', async () => {
  await EvidenceFolder.open(folder)
  for (let file = 1; file < MOST_EVIDENCE; file += 1) await writeFile(join(folder, `other_root-${file}.json`), '')
  const evidence = await EvidenceFolder.open(folder)
  expect(await evidence.keep(found)).not.toBeNull()
  expect(await evidence.keep({ ...found, refused: 'a third' })).toBeNull()
})
