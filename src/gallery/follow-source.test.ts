import { beforeEach, describe, expect, it, vi } from 'vitest'
import { followSource } from './follow-source.ts'
import { MemoryIndex, MemorySource, SOME_FACTS } from './memory-gallery.fixture.ts'

const VECTOR = Float32Array.from([1, 0, 0, 0])

let source: MemorySource
let index: MemoryIndex
beforeEach(() => {
  source = new MemorySource(3)
  index = new MemoryIndex()
})

const fill = (count: number) => {
  for (let at = 0; at < count; at += 1) source.add(`tpl_${at}`, `sub_${at}`, VECTOR)
}
const loseARow = () => index.held.delete(index.held.keys().next().value ?? 0)
const rebuild = async () => index.clear()

describe('an index that follows its source', () => {
  it('takes up every page, then nothing until something changes', async () => {
    fill(8)
    const apply = vi.spyOn(index, 'apply')
    const followed = followSource(source, index)
    expect(await followed.follow()).toMatchObject({ rows: 8, position: 8 })
    expect(apply).toHaveBeenCalledTimes(3)
    await followed.follow()
    expect(apply).toHaveBeenCalledTimes(3)
    source.remove(2)
    expect(await followed.follow()).toMatchObject({ rows: 7, position: 9 })
    expect(apply).toHaveBeenCalledTimes(4)
  })

  it('tells its progress, and when it has followed; neither when nothing changed', async () => {
    fill(7)
    const onProgress = vi.fn()
    const onFollowed = vi.fn(async () => {})
    const followed = followSource(source, index, { onProgress, onFollowed })
    await followed.follow()
    await followed.follow()
    expect(onProgress.mock.calls).toEqual([
      [3, 7],
      [6, 7],
      [7, 7],
    ])
    expect(onFollowed).toHaveBeenCalledOnce()
  })

  it('knows a photograph that came and went before it looked', async () => {
    fill(5)
    source.remove(4)
    source.setFacts(5, { ...SOME_FACTS, sealed: true })
    await followSource(source, index).follow()
    expect([...index.held.keys()]).toEqual([1, 2, 3, 5])
    expect(index.held.get(5)?.facts.sealed).toBe(true)
  })

  it('goes on where it was when a page failed', async () => {
    fill(8)
    const apply = index.apply.bind(index)
    let calls = 0
    index.apply = async (changes) => {
      calls += 1
      if (calls === 2) throw new Error('no memory')
      await apply(changes)
    }
    const followed = followSource(source, index)
    await expect(followed.follow()).rejects.toThrow('no memory')
    expect(await index.position()).toBe(3)
    expect(await followed.follow()).toMatchObject({ rows: 8 })
  })
})

describe('an index that does not hold what its source holds', () => {
  it('is refused, with both counts', async () => {
    fill(4)
    const followed = followSource(source, index)
    await followed.follow()
    loseARow()
    await expect(followed.follow()).rejects.toMatchObject({
      code: 'coverage_incomplete',
      message: 'The index holds 3 photographs and the database 4. No list is given.',
    })
  })

  it('is refused when the number agrees and the rows do not', async () => {
    fill(4)
    const followed = followSource(source, index)
    await followed.follow()
    loseARow()
    index.held.set(77, { facts: SOME_FACTS, vector: VECTOR })
    await expect(followed.follow()).rejects.toThrow('not the same ones')
  })

  it('is built anew where that is allowed, and says why', async () => {
    fill(4)
    const empty = vi.fn(rebuild)
    const followed = followSource(source, index, { empty })
    await followed.follow()
    loseARow()
    expect(await followed.follow()).toMatchObject({ rows: 4 })
    expect(empty).toHaveBeenCalledExactlyOnceWith('The index holds 3 photographs and the database 4.')
    expect(index.held.size).toBe(4)
  })

  it('is refused when building it anew did not help', async () => {
    fill(4)
    const apply = index.apply.bind(index)
    index.apply = async (changes) => {
      await apply(changes)
      index.held.delete(1)
    }
    const followed = followSource(source, index, { empty: rebuild })
    await expect(followed.follow()).rejects.toThrow('built anew and still differs')
  })

  it('because it belongs to another database is built anew, too', async () => {
    fill(4)
    const other = new MemorySource()
    for (let at = 0; at < 9; at += 1) other.add(`tpl_o${at}`, 'sub_o', VECTOR)
    await followSource(other, index).follow()
    expect(await followSource(source, index, { empty: rebuild }).follow()).toMatchObject({ rows: 4 })
    expect([...index.held.keys()]).toEqual([1, 2, 3, 4])
  })

  it('only between two looks, because another process moves it, is waited for', async () => {
    fill(4)
    const digest = index.digest.bind(index)
    let looks = 0
    index.digest = async () => {
      looks += 1
      const { rows, ...sums } = await digest()
      return { ...sums, rows: looks === 1 ? rows + 1 : rows }
    }
    expect(await followSource(source, index).follow()).toMatchObject({ rows: 4 })
    expect(looks).toBe(2)
  })

  it('and whose source ends its changes too early is refused', async () => {
    fill(4)
    source.changesAfter = async () => []
    await expect(followSource(source, index).follow()).rejects.toMatchObject({ code: 'coverage_incomplete' })
  })
})
