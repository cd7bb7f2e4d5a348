import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sha256Hex } from '../../base/index.ts'
import { addSignatures, checkpointText, formatNote, parseNote } from '../tlog/index.ts'
import { MemoryLog, ORIGIN, TIME } from '../tlog/log.fixture.ts'
import { newFolder } from './witness.fixture.ts'
import { WitnessError } from './witness-error.ts'
import { WitnessStore } from './witness-store.ts'

const NAME = { given: 'witness.example/w', preset: 'machine' }
const STATE = join('state', sha256Hex(ORIGIN))

let folder = ''
let remove: () => Promise<void>
beforeEach(async () => {
  const made = await newFolder()
  folder = join(made.path, 'deep', 'witness')
  remove = made.remove
})
afterEach(() => remove())

const at = (name: string) => join(folder, name)
const stateOf = async (store: WitnessStore, size: number) => {
  const { checkpoint, note } = await MemoryLog.of(size)
  const own = store.signer.cosign(checkpointText(checkpoint), TIME)
  return { checkpoint, note: addSignatures(note, [own]) }
}
const using = async <T>(act: (store: WitnessStore) => Promise<T>, name: { given?: string; preset: string } = NAME) => {
  const store = await WitnessStore.open(folder, name)
  try {
    return await act(store)
  } finally {
    await store.close()
  }
}
const codeOf = async (name: { given?: string; preset: string } = NAME) => {
  const outcome = await using(async () => 'opened', name).catch((error: unknown) => error)
  return outcome instanceof WitnessError ? outcome.code : outcome
}

describe('the folder of a witness', () => {
  it('makes its key on first use, for its owner alone, and keeps it', async () => {
    const key = await using(async (store) => store.signer.verifierKey)
    expect(key).toMatch(/^witness\.example\/w\+[0-9a-f]{8}\+/)
    expect((await stat(at('key'))).mode & 0o777).toBe(0o600)
    expect(await using(async (store) => store.signer.verifierKey)).toBe(key)
    expect(await using(async (store) => store.signer.verifierKey, { preset: 'other' })).toBe(key)
  })

  it('takes the preset name where none is given', async () => {
    expect(await using(async (store) => store.signer.name, { preset: 'machine' })).toBe('machine')
  })

  it('refuses another name for its key, and a name that is none', async () => {
    expect(await codeOf({ given: 'two words', preset: 'x' })).toBe('key_unfit')
    expect(await codeOf()).toBe('opened')
    expect(await codeOf({ given: 'witness.example/other', preset: 'x' })).toBe('key_unfit')
  })

  it('has one writer', async () => {
    await using(async () => expect(await codeOf()).toBe('folder_taken'))
    expect(await codeOf()).toBe('opened')
  })

  it('is not used where it cannot be locked or read', async () => {
    await mkdir(at('lock'), { recursive: true })
    expect(await codeOf()).toBe('folder_unfit')
    await rm(at('lock'), { recursive: true })
    await mkdir(at('decisions.jsonl'))
    expect(await codeOf()).toBe('folder_unfit')
    await rm(at('decisions.jsonl'), { recursive: true })
    expect(await codeOf()).toBe('opened')
  })

  it('remembers what it cosigned last', async () => {
    const state = await using(async (store) => {
      expect(store.get(ORIGIN)).toBeUndefined()
      await store.remember(await stateOf(store, 3))
      const second = await stateOf(store, 7)
      await store.remember(second)
      return second
    })
    await using(async (store) => expect(store.get(ORIGIN)).toEqual(state))
    expect(await readFile(at(STATE), 'utf8')).toBe(state.note)
    expect(await readFile(at('origins'), 'utf8')).toBe(`${ORIGIN}\n`)
    expect(await readdir(at('state'))).toHaveLength(1)
  })

  it('starts beside the draft of a process that was killed, and before its list of logs was written', async () => {
    const state = await using(async (store) => {
      const third = await stateOf(store, 3)
      await store.remember(third)
      return third
    })
    await writeFile(at(`${STATE}.0123.tmp`), 'half a no')
    await writeFile(at('origins'), '')
    await using(async (store) => expect(store.get(ORIGIN)).toEqual(state))
    expect(await readdir(at('state'))).toHaveLength(1)
    expect(await readFile(at('origins'), 'utf8')).toBe(`${ORIGIN}\n`)
  })

  it('does not go on after a state could not be put in its place', async () => {
    await using(async (store) => {
      await mkdir(at(join(STATE, 'in the way')), { recursive: true })
      await expect(stateOf(store, 3).then((state) => store.remember(state))).rejects.toThrow(WitnessError)
      await rm(at(STATE), { recursive: true })
      await expect(stateOf(store, 3).then((state) => store.remember(state))).rejects.toThrow('not known')
      expect(store.get(ORIGIN)).toBeUndefined()
    })
  })
})

describe('a damaged folder', () => {
  const change = async (name: string, edit: (text: string) => string) =>
    writeFile(at(name), edit(await readFile(at(name), 'utf8')))
  beforeEach(() => using(async (store) => store.remember(await stateOf(store, 5))))

  it.each<[string, string, () => Promise<unknown>]>([
    ['its state is gone', 'state_damaged', () => rm(at(STATE))],
    ['all states are gone', 'state_damaged', () => rm(at('state'), { recursive: true })],
    ['the list of logs is gone', 'state_damaged', () => rm(at('origins'))],
    ['the list of logs is cut off', 'state_damaged', () => writeFile(at('origins'), 'county.exam')],
    ['its state is empty', 'state_damaged', () => writeFile(at(STATE), '')],
    ['its state is cut off', 'state_damaged', () => change(STATE, (text) => text.slice(0, -1))],
    ['the size is another', 'state_damaged', () => change(STATE, (text) => text.replace('\n5\n', '\n4\n'))],
    ['there is a file that is none of its own', 'state_damaged', () => writeFile(at(join('state', 'x')), 'x')],
    ['a state has the name of another log', 'state_damaged', () => change(STATE, (text) => text.replace(ORIGIN, 'o'))],
    ['the key is gone', 'state_damaged', () => rm(at('key'))],
    ['the key is empty', 'key_unfit', () => writeFile(at('key'), '')],
    [
      'the key is another',
      'key_unfit',
      () => change('key', (text) => `${text[0] === '0' ? '1' : '0'}${text.slice(1)}`),
    ],
    ['the name is another', 'key_unfit', () => change('key', (text) => text.replace('example/w', 'example/v'))],
    ['the key cannot be read', 'key_unfit', () => rm(at('key')).then(() => mkdir(at('key')))],
  ])('is not opened when %s: %s', async (_what, code, damage) => {
    expect(await codeOf()).toBe('opened')
    await damage()
    expect(await codeOf()).toBe(code)
    expect(await codeOf()).toBe(code)
  })

  it('is not opened with any bit of the checkpoint changed, or of the witness own signature', async () => {
    const note = await readFile(at(STATE))
    const { text = '', signatures = [] } = parseNote(note) ?? {}
    const own = Buffer.from(formatNote({ text, signatures: signatures.slice(1) }))
    await writeFile(at(STATE), own)
    expect(await codeOf()).toBe('opened')
    for (let byte = 0; byte < own.length; byte += 1) {
      const changed = Buffer.from(own)
      changed[byte] = (changed[byte] as number) ^ (1 << (byte % 8))
      await writeFile(at(STATE), changed)
      expect(await codeOf()).toBe('state_damaged')
    }
  })
})
