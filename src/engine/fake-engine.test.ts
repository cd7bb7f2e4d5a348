import { describe, expect, test } from 'vitest'
import { createFakeEngine } from './fake-engine.ts'
import { cosine } from './test-support.ts'

const engine = createFakeEngine()
const text = (words: string) => new TextEncoder().encode(words)

async function vectorOf(words: string, index?: number): Promise<Float32Array> {
  const template = await engine.makeTemplate(text(words), index)
  if (!template.ok) throw new Error(template.problem.message)
  return template.value.vector
}

describe('createFakeEngine', () => {
  test('makes unit vectors of the length it says, the same for the same bytes', async () => {
    const vector = await vectorOf('any photograph')
    expect(vector).toHaveLength(engine.model.dimension)
    expect(cosine(vector, vector)).toBeCloseTo(1, 5)
    expect(await vectorOf('any photograph')).toEqual(vector)
  })

  test('two photographs are far apart, two of one named person close', async () => {
    expect(Math.abs(cosine(await vectorOf('one'), await vectorOf('two')))).toBeLessThan(0.25)
    const near = cosine(await vectorOf('PERSON:ada:1'), await vectorOf('PERSON:ada:2'))
    expect(near).toBeGreaterThan(0.85)
    expect(near).toBeLessThan(0.95)
    expect(Math.abs(cosine(await vectorOf('PERSON:ada:1'), await vectorOf('PERSON:bob:1')))).toBeLessThan(0.25)
  })

  test.each([
    ['', 'empty_file'],
    ['NOFACE', 'no_face'],
    ['BROKEN', 'unreadable_image'],
  ])('%j fails with %s', async (words, code) => {
    expect(await engine.analyse(text(words))).toMatchObject({ ok: false, problem: { kind: 'failure', code } })
    expect(await engine.makeTemplate(text(words))).toMatchObject({ ok: false, problem: { code } })
  })

  test('two faces: which one must be said', async () => {
    expect(await engine.analyse(text('TWOFACES'))).toMatchObject({
      ok: true,
      value: { faces: [{ index: 0 }, { index: 1 }] },
    })
    expect(await engine.makeTemplate(text('TWOFACES'))).toMatchObject({
      problem: { code: 'many_faces', facts: { faces: 2 } },
    })
    expect(await engine.makeTemplate(text('TWOFACES'), 2)).toMatchObject({ problem: { code: 'no_such_face' } })
    expect(Math.abs(cosine(await vectorOf('TWOFACES', 0), await vectorOf('TWOFACES', 1)))).toBeLessThan(0.25)
  })

  test('counts every call, failed ones too', async () => {
    const counted = createFakeEngine()
    await counted.analyse(text('x'))
    await counted.makeTemplate(text('NOFACE'))
    await counted.makeTemplate(text('x'))
    expect(counted.counts).toEqual({ analyses: 1, templates: 2 })
  })

  test('a display copy is the bytes, unless they cannot be read', async () => {
    expect(await engine.displayCopy(text('NOFACE'))).toEqual({ ok: true, value: text('NOFACE') })
    expect(await engine.displayCopy(text('BROKEN'))).toMatchObject({ problem: { code: 'unreadable_image' } })
    await engine.close()
  })
})
