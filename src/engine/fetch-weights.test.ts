import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fetchWeightsModule, weightsReady } from './test-support.ts'

const { fetchWeights, findMember } = fetchWeightsModule
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countenance-fetch-test-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** A tar archive, as POSIX describes it. */
function tar(files: readonly (readonly [string, string])[]): Buffer {
  const entries = files.flatMap(([name, content]) => {
    const header = Buffer.alloc(512)
    header.write(name, 0, 'latin1')
    header.write(content.length.toString(8).padStart(11, '0'), 124, 'latin1')
    return [header, Buffer.from(content.padEnd(Math.ceil(content.length / 512) * 512, '\0'))]
  })
  return Buffer.concat([...entries, Buffer.alloc(1024)])
}

describe('findMember', () => {
  const archive = tar([
    ['package/a.txt', 'first'],
    ['package/model/b.onnx', 'x'.repeat(513)],
    ['package/c', ''],
  ])

  test('finds a file by its whole name, wherever it lies', () => {
    expect(findMember(archive, 'package/a.txt')?.toString()).toBe('first')
    expect(findMember(archive, 'package/model/b.onnx')).toHaveLength(513)
    expect(findMember(archive, 'package/c')).toHaveLength(0)
  })

  test('finds nothing where there is nothing', () => {
    expect(findMember(archive, 'b.onnx')).toBeUndefined()
    expect(findMember(Buffer.alloc(0), 'a')).toBeUndefined()
  })
})

describe('fetchWeights', () => {
  test('does nothing when the file is there and right', async () => {
    const dir = await weightsReady()
    const before = await stat(join(dir, 'fr_feature.onnx'))
    const packer = () => Promise.reject(new Error('Nothing was to be fetched.'))
    expect(await fetchWeights({ dir, packer })).toBe(join(dir, 'fr_feature.onnx'))
    expect((await stat(join(dir, 'fr_feature.onnx'))).mtimeMs).toBe(before.mtimeMs)
  }, 120_000)

  test('refuses a package with another integrity, and leaves no file', async () => {
    const dir = join(folder, 'wrong')
    const packer = async () => gzipSync(tar([['package/model/fr_feature.onnx', 'not the weights']]))
    await expect(fetchWeights({ dir, packer })).rejects.toThrow('is not the one expected')
    await expect(readdir(dir)).rejects.toThrow('ENOENT')
  })

  test('says that a wrong file is replaced, and keeps it until there is a right one', async () => {
    const file = join(folder, 'fr_feature.onnx')
    await writeFile(file, 'half a download')
    const said: string[] = []
    const offline = () =>
      Promise.reject(new Error('The package could not be fetched through npm; is this machine offline?'))
    await expect(
      fetchWeights({ dir: folder, packer: offline, log: (sentence) => said.push(sentence) }),
    ).rejects.toThrow('offline')
    expect(said[0]).toContain('is not the file expected')
    expect(await readFile(file, 'utf8')).toBe('half a download')
  })
})
