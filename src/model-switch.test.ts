import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFakeEngine, type Engine } from './engine/index.ts'
import { NO_FILTER, openGallerySearch } from './gallery/index.ts'
import { type ModelSwitch, type OpenGallery, openModelSwitch } from './model-switch.ts'
import { openTestStore, type TestStore } from './store/index.ts'

const bytes = new TextEncoder().encode('PERSON:ann:1')

let store: TestStore
let closed: string[]
let first: Engine
let second: Engine
let models: ModelSwitch

const openGallery: OpenGallery = (model) => openGallerySearch(store, model)

function watched(id: string): Engine {
  return { ...createFakeEngine(id), close: async () => void closed.push(id) }
}

beforeEach(async () => {
  store = await openTestStore()
  closed = []
  first = watched('first')
  second = watched('second')
  models = openModelSwitch(openGallery, first)
})
afterEach(() => store.close())

async function queryOf(engine: Engine): Promise<Float32Array> {
  const made = await engine.makeTemplate(bytes)
  if (!made.ok) throw new Error(made.problem.message)
  return made.value.vector
}
const searchWith = async (engine: Engine) =>
  models.gallery.search(await queryOf(engine), { model: engine.model, limit: 1, threshold: 0, filter: NO_FILTER })

describe('the engine behind the switch', () => {
  it('is the one in use, with the calls of all of them counted', async () => {
    await models.engine.makeTemplate(bytes)
    expect(models.engine.model).toEqual(first.model)
    models.use(second)
    expect(models.engine).toMatchObject({ model: second.model, manifest: second.manifest })
    expect(await models.engine.makeTemplate(bytes)).toMatchObject({ value: { model: second.model } })
    await models.engine.analyse(bytes)
    expect(await models.engine.displayCopy(bytes)).toMatchObject({ ok: true })
    expect(models.engine.counts).toEqual({ analyses: 1, templates: 2 })
  })

  it('closes the former one when its last work is done, not before', async () => {
    let finish = () => {}
    const waiting = new Promise<void>((settle) => {
      finish = settle
    })
    const slow: Engine = {
      ...watched('slow'),
      makeTemplate: async (image) => {
        await waiting
        return first.makeTemplate(image)
      },
    }
    models = openModelSwitch(openGallery, slow)
    const working = models.engine.makeTemplate(bytes)
    models.use(second)
    expect(closed).toEqual([])
    finish()
    expect(await working).toMatchObject({ value: { model: first.model } })
    expect(closed).toEqual(['slow'])
  })

  it('closes an idle one at once, and each once', async () => {
    models.use(second)
    expect(closed).toEqual(['first'])
    await models.close()
    await models.close()
    expect(closed).toEqual(['first', 'second'])
  })

  it('ends a former one also when its last work failed', async () => {
    const broken: Engine = { ...watched('broken'), analyse: () => Promise.reject(new Error('Broken.')) }
    models = openModelSwitch(openGallery, broken)
    const failing = models.engine.analyse(bytes)
    models.use(second)
    await expect(failing).rejects.toThrow('Broken.')
    expect(closed).toEqual(['broken'])
  })
})

describe('the gallery behind the switch', () => {
  it('finds the index of the model that made the query: the one in use and the former', async () => {
    models.use(second)
    expect(await searchWith(second)).toMatchObject({ model: second.model })
    expect(await searchWith(first)).toMatchObject({ model: first.model })
  })

  it('refuses a query of any other model', async () => {
    await expect(searchWith(second)).rejects.toMatchObject({ code: 'model_differs' })
    models.use(second)
    models.use(watched('third'))
    await expect(searchWith(first)).rejects.toMatchObject({ code: 'model_differs' })
    expect(await searchWith(second)).toMatchObject({ model: second.model })
  })

  it('lets the index of a former model go after a while, and says which models are left', async () => {
    const left: string[][] = []
    const onDropped = (inUse: readonly { readonly id: string }[]) => left.push(inUse.map(({ id }) => id))
    models = openModelSwitch(openGallery, first, { graceMs: 1, onDropped })
    await searchWith(first)
    models.use(second)
    await expect.poll(() => left).toEqual([['second']])
    await expect(searchWith(first)).rejects.toMatchObject({ code: 'model_differs' })
    models.use(first)
    expect(await searchWith(first)).toMatchObject({ model: first.model })
  })

  it('is loaded before it is used, and counts what the model in use compares', async () => {
    await models.prepare(second.model)
    expect(await models.gallery.size()).toBe(0)
    models.use(second)
    expect([await models.gallery.size(), models.gallery.comparisons]).toEqual([0, 0])
  })
})
