import { mkdir, mkdtemp, realpath, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MAX_IMAGE_BYTES, readFolderImage } from './folder-image.ts'

let root: string
let folder: string

beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'countenance-images-')))
  folder = join(root, 'county')
  await mkdir(join(folder, 'day'), { recursive: true })
  await mkdir(join(root, 'county-other'))
  await writeFile(join(folder, 'a.jpg'), 'A')
  await writeFile(join(folder, 'day', 'b..c.jpg'), 'B')
  await writeFile(join(root, 'secret.jpg'), 'S')
  await writeFile(join(root, 'county-other', 'secret.jpg'), 'S')
  await symlink(join(root, 'secret.jpg'), join(folder, 'link.jpg'))
  await symlink(root, join(folder, 'up'))
  await symlink(join(root, 'county-other'), join(folder, 'beside'))
  await symlink(join(folder, 'a.jpg'), join(folder, 'inside.jpg'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

describe('readFolderImage', () => {
  it.each([
    ['a.jpg', 'A'],
    ['./a.jpg', 'A'],
    ['day/b..c.jpg', 'B'],
    ['day\\b..c.jpg', 'B'],
    ['inside.jpg', 'A'],
  ])('reads %s', async (path, content) => {
    const image = await readFolderImage(folder, path)
    expect(image.ok && Buffer.from(image.value).toString()).toBe(content)
  })

  it.each([
    '../secret.jpg',
    'day/../../secret.jpg',
    'day/../a.jpg',
    '..\\secret.jpg',
    '/etc/passwd',
    'C:\\secret.jpg',
    'link.jpg',
    'up/secret.jpg',
    'beside/secret.jpg',
  ])('refuses %s, which is or may be outside', async (path) => {
    const problem = { kind: 'refusal', code: 'image_outside_folder', message: expect.stringContaining(path) }
    expect(await readFolderImage(folder, path)).toMatchObject({ ok: false, problem })
  })

  it.each(['none.jpg', 'day', '.', 'a.jpg/b'])('says that %s cannot be read', async (path) => {
    expect(await readFolderImage(folder, path)).toMatchObject({ ok: false, problem: { code: 'image_missing' } })
  })

  it.each(['', 'a\u0000.jpg'])('refuses the name %j', async (path) => {
    expect(await readFolderImage(folder, path)).toMatchObject({ ok: false, problem: { code: 'image_path_unusable' } })
  })

  it('takes a file of 25 MB and no larger one', async () => {
    const path = join(folder, 'large.jpg')
    await writeFile(path, '')
    await truncate(path, MAX_IMAGE_BYTES)
    expect(await readFolderImage(folder, 'large.jpg')).toMatchObject({ ok: true })
    await truncate(path, MAX_IMAGE_BYTES + 1)
    expect(await readFolderImage(folder, 'large.jpg')).toMatchObject({ problem: { code: 'image_file_too_large' } })
  })
})
