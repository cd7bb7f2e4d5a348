import { beforeEach, describe, expect, it } from 'vitest'
import { checkTiles } from './check-tiles.ts'
import { encodeBundle } from './entry-bundle.ts'
import { bitFlips, entriesFrom, MemoryLog } from './log.fixture.ts'
import { decodeTile, encodeTile } from './tiles.ts'
import { emptyRoot, leafHash } from './tree-hash.ts'

const SIZE = 600
let log: MemoryLog
beforeEach(async () => {
  log = await MemoryLog.of(SIZE)
})
const check = () => checkTiles(log.read, log.state)
const forged = Buffer.from('entry never written')

/** Puts another entry in place of one, and its hash in the leaf if told. */
function replaceEntry(index: number, withLeaf: boolean): void {
  const [bundle, place] = [Math.floor(index / 256), index % 256]
  const suffix = bundle === 2 ? '.p/88' : ''
  const entries = entriesFrom(bundle * 256, Math.min(SIZE, (bundle + 1) * 256))
  log.files.set(`tile/entries/00${bundle}${suffix}`, encodeBundle(entries.with(place, forged)))
  if (!withLeaf) return
  const path = `tile/0/00${bundle}${suffix}`
  const hashes = decodeTile(log.files.get(path) as Uint8Array, entries.length)
  log.files.set(path, encodeTile(hashes.with(place, leafHash(forged))))
}

describe('the files of a log', () => {
  it.each([0, 1, 255, 256, 257, SIZE])('are whole at %i entries', async (size) => {
    const own = await MemoryLog.of(size)
    expect(await checkTiles(own.read, own.state)).toEqual({ ok: true, size })
  })

  it.each([0, 255, 256, 511, 512, 599])('name entry %i when it was replaced', async (entry) => {
    replaceEntry(entry, false)
    expect(await check()).toMatchObject({ ok: false, fault: 'entry_differs', entry })
  })

  it('name the tile when leaf and entry were replaced together', async () => {
    replaceEntry(300, true)
    expect(await check()).toEqual({ ok: false, fault: 'tile_differs', path: 'tile/0/001', entry: 256 })
  })

  it('do not have the root when the right edge was replaced, or all of it was written anew', async () => {
    replaceEntry(599, true)
    expect(await check()).toEqual({ ok: false, fault: 'root_differs', path: null, entry: null })
    const anew = new MemoryLog()
    await anew.grow(entriesFrom(0, SIZE).with(7, forged))
    expect(await checkTiles(anew.read, log.state)).toMatchObject({ fault: 'root_differs' })
    expect(await checkTiles(log.read, { size: 0, root: log.state.root })).toMatchObject({ fault: 'root_differs' })
    expect(await checkTiles(log.read, { size: 0, root: emptyRoot() })).toMatchObject({ ok: true })
  })

  it.each([
    ['an entry left out', (all: readonly Uint8Array[]) => all.toSpliced(5, 1), 'bundle_malformed', 0],
    ['an entry twice', (all: readonly Uint8Array[]) => all.toSpliced(5, 1, all[4] as Uint8Array), 'entry_differs', 5],
    [
      'two entries swapped',
      (all: readonly Uint8Array[]) => all.toSpliced(7, 2, ...all.slice(7, 9).reverse()),
      'entry_differs',
      7,
    ],
    ['the order reversed', (all: readonly Uint8Array[]) => all.toReversed(), 'entry_differs', 0],
    ['the end cut', (all: readonly Uint8Array[]) => all.slice(0, 100), 'bundle_malformed', 0],
  ])('name the entry with %s', async (_, change, fault, entry) => {
    log.files.set('tile/entries/000', encodeBundle(change(entriesFrom(0, 256))))
    expect(await check()).toEqual({ ok: false, fault, path: 'tile/entries/000', entry })
  })

  it('name the file that is missing or malformed, and its first entry', async () => {
    for (const [path, entry] of [
      ['tile/entries/001', 256],
      ['tile/0/002.p/88', 512],
      ['tile/1/000.p/2', 0],
    ] as const) {
      const bytes = log.files.get(path) as Uint8Array
      log.files.delete(path)
      expect(await check()).toEqual({ ok: false, fault: 'tile_missing', path, entry })
      log.files.set(path, bytes.subarray(1))
      expect(await check()).toMatchObject({ ok: false, path })
      log.files.set(path, bytes)
    }
    expect(await check()).toMatchObject({ ok: true })
  })

  it('name the first entry under a tile of any level', { timeout: 120_000 }, async () => {
    const tall = await MemoryLog.of(65_792)
    tall.files.delete('tile/1/001.p/1')
    const report = await checkTiles(tall.read, tall.state)
    expect(report).toEqual({ ok: false, fault: 'tile_missing', path: 'tile/1/001.p/1', entry: 65_536 })
  })

  it('pass on the error of the reader', async () => {
    await expect(checkTiles(() => Promise.reject(new Error('no disk')), log.state)).rejects.toThrow('no disk')
  })
})

describe('a flipped bit', () => {
  it('is found anywhere in any file of a small log, and its entry named', async () => {
    const small = await MemoryLog.of(9)
    for (const [path, bytes] of [...small.files]) {
      for (const changed of bitFlips(bytes)) {
        small.files.set(path, changed)
        const report = await checkTiles(small.read, small.state)
        expect(report.ok).toBe(false)
        expect(report).toHaveProperty('path', path.replace('tile/0', 'tile/entries'))
      }
      small.files.set(path, bytes)
    }
    expect(await checkTiles(small.read, small.state)).toEqual({ ok: true, size: 9 })
  })

  it('is found in every byte of the tiles above the leaves, and in each leaf of full tiles', async () => {
    const tall = await MemoryLog.of(257)
    const paths = ['tile/1/000.p/1', 'tile/0/000', 'tile/0/001.p/1', 'tile/entries/001.p/1']
    for (const path of paths) {
      const bytes = tall.files.get(path) as Uint8Array
      for (let place = 0; place < bytes.length; place += path === 'tile/0/000' ? 31 : 1) {
        const changed = Buffer.from(bytes)
        changed[place] = (changed[place] as number) ^ (1 << (place % 8))
        tall.files.set(path, changed)
        expect((await checkTiles(tall.read, tall.state)).ok).toBe(false)
      }
      tall.files.set(path, bytes)
    }
  })
})
