import { describe, expect, it } from 'vitest'
import { utf8 } from './bytes.ts'
import { signedExport } from './signed-export.fixture.ts'
import { isWhole, verifyExport } from './verify-export.ts'

/** A download cut at awkward places. */
function streamOf(text: string, piece = 7): ReadableStream<Uint8Array> {
  const bytes = utf8(text)
  return new ReadableStream({
    start(controller) {
      for (let at = 0; at < bytes.length; at += piece) controller.enqueue(bytes.slice(at, at + piece))
      controller.close()
    },
  })
}

const entry = (seq: number, act = 'log.read') => JSON.stringify({ act, seq })
const ENTRIES = [0, 1, 2, 3, 4].map((seq) => entry(seq))
const check = async (text: string, key: string) => verifyExport(streamOf(text), key, () => undefined)

describe('verifyExport', () => {
  it('finds an untouched export whole', async () => {
    const { text, verifierKey } = await signedExport(ENTRIES)
    const report = await check(text, verifierKey)
    expect(report).toMatchObject({ entries: 5, signature: 'signed', misplaced: [] })
    expect(report.root).toBe(report.signed?.root)
    expect(isWhole(report)).toBe(true)
  })

  it('finds an empty log whole', async () => {
    const { text, verifierKey } = await signedExport([])
    expect(isWhole(await check(text, verifierKey))).toBe(true)
  })

  it('does not need the last newline', async () => {
    const { text, verifierKey } = await signedExport(ENTRIES)
    expect(isWhole(await check(text.trimEnd(), verifierKey))).toBe(true)
  })

  it('sees one changed letter', async () => {
    const { text, verifierKey } = await signedExport(ENTRIES)
    const report = await check(text.replace('"log.read","seq":3', '"log.reaD","seq":3'), verifierKey)
    expect(report.root).not.toBe(report.signed?.root)
    expect(isWhole(report)).toBe(false)
  })

  it('sees a missing entry and says where', async () => {
    const { text, verifierKey } = await signedExport(ENTRIES)
    const report = await check(text.replace(`${entry(2)}\n`, ''), verifierKey)
    expect(report).toMatchObject({ entries: 4, misplaced: [2, 3] })
    expect(isWhole(report)).toBe(false)
  })

  it('sees that the end was cut off', async () => {
    const { text, verifierKey } = await signedExport(ENTRIES)
    expect(isWhole(await check(text.replace(`${entry(4)}\n`, ''), verifierKey))).toBe(false)
  })

  it('does not trust a log signed with another key', async () => {
    const [ours, theirs] = [await signedExport(ENTRIES), await signedExport(ENTRIES)]
    const report = await check(theirs.text, ours.verifierKey)
    expect(report.signature).toBe('unknown_key')
    expect(isWhole(report)).toBe(false)
  })

  it.each(['', '{}\n', 'nonsense\n', '\n\n'])('calls %o no log', async (text) => {
    const { verifierKey } = await signedExport(ENTRIES)
    const report = await check(text, verifierKey)
    expect(report.signed).toBeNull()
    expect(isWhole(report)).toBe(false)
  })

  it('tells how far it is', async () => {
    const { text, verifierKey } = await signedExport(ENTRIES)
    const told: number[][] = []
    await verifyExport(streamOf(text), verifierKey, (done, all) => told.push([done, all]))
    expect(told.at(-1)).toEqual([5, 5])
  })
})
