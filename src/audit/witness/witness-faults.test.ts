import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  acceptCosignatures,
  checkpointText,
  consistencyRanges,
  encodeAddCheckpoint,
  parseWitnessKey,
} from '../tlog/index.ts'
import { known, logSigner, MemoryLog, ORIGIN } from '../tlog/log.fixture.ts'
import { memoryTree } from '../tlog/tree.fixture.ts'
import { bodyOf, type ChildWitness, newFolder, post, startChild } from './witness.fixture.ts'

const KILLS = 30

let folder = ''
let remove: () => Promise<void>
let running: ChildWitness | undefined
beforeEach(async () => {
  const made = await newFolder()
  folder = join(made.path, 'witness')
  remove = made.remove
})
afterEach(async () => {
  if (running?.child.exitCode === null && running.child.signalCode === null) await running.end('SIGKILL')
  await remove()
})

const start = async (prefix = '') => {
  running = await startChild(folder, logSigner.verifierKey, prefix)
  return running
}
/** A history: what the log says its entries are. */
type History = readonly string[]
const treeOf = (history: History) => memoryTree(history.map((entry) => Buffer.from(entry)))
const extendsIt = (later: History, earlier: History) => earlier.every((entry, place) => later[place] === entry)

function requestOf(history: History, from: number) {
  const tree = treeOf(history)
  const size = history.length
  const note = logSigner.sign(checkpointText({ origin: ORIGIN, size, root: tree.root(size) }))
  return { note, body: encodeAddCheckpoint({ oldSize: from, proof: tree.path(consistencyRanges(from, size)), note }) }
}

/** Asks for one history; true when a good cosignature was given out, null when the witness is gone. */
async function ask(witness: ChildWitness, history: History, from: number): Promise<boolean | null> {
  const { note, body } = requestOf(history, from)
  try {
    const response = await post(witness.url, body)
    const answer = await response.text()
    if (response.status !== 200) return false
    return acceptCosignatures(note, answer, [known(parseWitnessKey(witness.key))]) !== null
  } catch {
    return null
  }
}

async function sizeKnown(witness: ChildWitness): Promise<number> {
  const text = await (await fetch(witness.url)).text()
  const [, size = ''] = new RegExp(`${ORIGIN} (\\w+)`).exec(text) ?? []
  return size === 'none' ? 0 : Number(size)
}

/** Two histories that go on from one and are not each other's: the second is three entries longer at least. */
function forksOf(tip: History, turn: number): readonly [History, History] {
  const more = (kind: string, count: number) => Array.from({ length: count }, (_, place) => `${kind} ${turn} ${place}`)
  return [
    [...tip, ...more('one', 1 + (turn % 3))],
    [...tip, ...more('other', 4 + (turn % 3))],
  ]
}

describe('a witness that is killed', () => {
  it(`${KILLS} times while two histories are shown to it forgets nothing it gave out, and cosigns no two that differ`, async () => {
    let tip: History = []
    let pending: readonly History[] = [[]]
    let turn = 0
    const given: History[] = []
    for (let kill = 0; kill < KILLS; kill += 1) {
      const witness = await start()
      const size = await sizeKnown(witness)
      const found = pending.find((history) => history.length === size)
      expect(found, `after kill ${kill} it knows ${size}`).toBeDefined()
      tip = found ?? tip
      expect(extendsIt(tip, given.at(-1) ?? [])).toBe(true)
      // After none to three cosignatures and a few milliseconds: somewhere in the next ones.
      const before = given.length
      let ended: Promise<unknown> | undefined
      const killSoon = () => {
        if (ended !== undefined || given.length - before < kill % 4) return
        ended = new Promise((resolve) => setTimeout(() => resolve(witness.end('SIGKILL')), (kill * 7) % 25))
      }
      killSoon()
      for (let gone = false; !gone; turn += 1) {
        const forks = forksOf(tip, turn)
        pending = [tip, ...forks]
        const answers = await Promise.all(forks.map((history) => ask(witness, history, tip.length)))
        const got = forks.filter((_, place) => answers[place] === true)
        expect(got.length).toBeLessThan(2)
        given.push(...got)
        killSoon()
        gone = answers.includes(null)
        tip = got[0] ?? tip
        if (got[0] !== undefined) pending = gone ? pending : [tip]
      }
      await ended
    }
    expect(given.length).toBeGreaterThan(KILLS)
    for (const [place, history] of given.entries()) expect(extendsIt(history, given[place - 1] ?? [])).toBe(true)
  }, 240_000)

  it('ends by SIGTERM with code 0, and goes on where it was', async () => {
    const first = await start()
    expect(await ask(first, ['a', 'b'], 0)).toBe(true)
    expect(await first.end('SIGTERM')).toBe(0)
    const second = await start()
    expect(second.key).toBe(first.key)
    expect(await sizeKnown(second)).toBe(2)
  })

  it('has one folder for itself, whichever process asks', async () => {
    await start()
    await expect(startChild(folder, logSigner.verifierKey)).rejects.toThrow('Another witness')
  })
})

describe('a full disk', () => {
  it('lets nothing be cosigned, and nothing be forgotten', async () => {
    const log = await MemoryLog.of(9)
    await post((await start()).url, await bodyOf(log, logSigner, 0, 3))
    await running?.end('SIGTERM')
    const full = await start('ulimit -f 0;')
    for (const to of [5, 3, 9]) {
      const response = await post(full.url, await bodyOf(log, logSigner, 3, to))
      expect(response.status).toBe(503)
      expect(await response.text()).not.toContain('—')
    }
    expect(await sizeKnown(full)).toBe(3)
    await full.end('SIGKILL')
    const again = await start()
    expect(await sizeKnown(again)).toBe(3)
    expect((await post(again.url, await bodyOf(log, logSigner, 3, 9))).status).toBe(200)
  })

  it('that leaves no room for the decision lets nothing out, and no later line be torn', async () => {
    const log = await MemoryLog.of(40)
    const full = await start('ulimit -f 1;')
    let size = 0
    let status = 200
    for (; status === 200 && size < 40; size += 1) {
      status = (await post(full.url, await bodyOf(log, logSigner, size, size + 1))).status
    }
    expect(status).toBe(503)
    await full.end('SIGTERM')
    const again = await start()
    expect(await sizeKnown(again)).toBe(size)
    expect((await post(again.url, await bodyOf(log, logSigner, size, size))).status).toBe(200)
    const lines = (await readFile(join(folder, 'decisions.jsonl'), 'utf8')).trimEnd().split('\n')
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ old: size, new: size, outcome: 'cosigned' })
    expect(lines.filter((line) => line.includes('"cosigned"')).length).toBeGreaterThanOrEqual(size)
  })
})
