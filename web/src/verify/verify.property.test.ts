import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromBase64, joinBytes, toHex, utf8 } from './bytes.ts'
import { GrowingTree, leafHash } from './merkle.ts'
import { checkNote } from './note.ts'
import { readLines } from './read-lines.ts'
import { signedExport } from './signed-export.fixture.ts'
import { isWhole, verifyExport } from './verify-export.ts'

const RUNS = { numRuns: 40 }
const bytes = fc.uint8Array({ maxLength: 40 })
const pieces = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 8 })

/** The bytes in pieces of these lengths, over and over. */
function streamOf(whole: Uint8Array, lengths: readonly number[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (let at = 0, turn = 0; at < whole.length; turn += 1) {
        const length = lengths[turn % lengths.length] ?? 1
        controller.enqueue(whole.slice(at, at + length))
        at += length
      }
      controller.close()
    },
  })
}

/** RFC 6962, section 2.1, word for word. */
function rootByTheBook(leaves: readonly Uint8Array[]): Buffer {
  const sha = (...parts: readonly Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest()
  if (leaves.length === 0) return sha()
  if (leaves.length === 1) return sha(Uint8Array.of(0), leaves[0] ?? new Uint8Array())
  const split = 2 ** Math.floor(Math.log2(leaves.length - 1))
  return sha(Uint8Array.of(1), rootByTheBook(leaves.slice(0, split)), rootByTheBook(leaves.slice(split)))
}

it('a tree grown leaf by leaf has the root of the definition', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(bytes, { maxLength: 70 }), async (leaves) => {
      const tree = new GrowingTree()
      for (const leaf of leaves) await tree.append(await leafHash(leaf))
      expect(toHex(await tree.root())).toBe(rootByTheBook(leaves).toString('hex'))
    }),
    RUNS,
  )
})

it('lines are the same however the stream was cut', async () => {
  const lines = fc.array(fc.uint8Array({ maxLength: 30 }).map((line) => line.map((one) => (one === 10 ? 11 : one))))
  await fc.assert(
    fc.asyncProperty(lines, pieces, async (wanted, lengths) => {
      const whole = joinBytes(...wanted.flatMap((line) => [line, Uint8Array.of(10)]))
      const read: string[] = []
      for await (const line of readLines(streamOf(whole, lengths))) read.push(toHex(line))
      expect(read).toEqual(wanted.map(toHex))
    }),
  )
})

it('base64 is read as it is written, and any other spelling refused', () => {
  fc.assert(
    fc.property(bytes, (some) => {
      const text = Buffer.from(some).toString('base64')
      expect(toHex(fromBase64(text) ?? new Uint8Array())).toBe(toHex(some))
      expect(fromBase64(`${text} `)).toBeNull()
    }),
  )
})

describe('an export', () => {
  const entries = Array.from({ length: 6 }, (_, seq) =>
    JSON.stringify({ act: 'log.read', about: `req_${seq % 2}`, seq }),
  )
  const check = (text: string, key: string, lengths: readonly number[] = [64]) =>
    verifyExport(streamOf(utf8(text), lengths), key, () => undefined)

  it('is whole however it arrives', async () => {
    const { text, verifierKey } = await signedExport(entries)
    await fc.assert(
      fc.asyncProperty(pieces, async (lengths) => {
        expect(isWhole(await check(text, verifierKey, lengths))).toBe(true)
      }),
      RUNS,
    )
  })

  it('is not whole after any one character was changed, except the last newline', async () => {
    const { text, verifierKey } = await signedExport(entries)
    const body = text.indexOf('\n') + 1
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: body, max: text.length - 2 }),
        fc.constantFrom('x', '0', '\n'),
        async (at, to) => {
          fc.pre(text[at] !== to)
          const changed = text.slice(0, at) + to + text.slice(at + 1)
          expect(isWhole(await check(changed, verifierKey))).toBe(false)
        },
      ),
      RUNS,
    )
  })

  it('is not whole after entries changed places', async () => {
    const { text, verifierKey } = await signedExport(entries)
    const place = fc.integer({ min: 1, max: entries.length })
    await fc.assert(
      fc.asyncProperty(place, place, async (one, other) => {
        fc.pre(one !== other)
        const lines = text.split('\n')
        const swapped = lines.with(one, lines[other] ?? '').with(other, lines[one] ?? '')
        expect(isWhole(await check(swapped.join('\n'), verifierKey))).toBe(false)
      }),
      RUNS,
    )
  })

  it('has a checkpoint in which no character can be changed', async () => {
    const { text, verifierKey } = await signedExport(entries)
    const note = (JSON.parse(text.split('\n')[0] ?? '') as { checkpoint: string }).checkpoint
    await fc.assert(
      fc.asyncProperty(fc.nat(note.length - 2), fc.constantFrom('x', '7', ' '), async (at, to) => {
        fc.pre(note[at] !== to)
        expect(await checkNote(note.slice(0, at) + to + note.slice(at + 1), verifierKey)).not.toBe('signed')
      }),
      RUNS,
    )
  })
})
