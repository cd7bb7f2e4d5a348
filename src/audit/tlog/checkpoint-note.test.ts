import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Checkpoint, checkpointText, openCheckpoint, parseCheckpoint, parseCount } from './checkpoint.ts'
import { bitFlips, known, logSigner, logVerifier, ORIGIN, trustedLog } from './log.fixture.ts'
import { noteSigner, parseVerifierKey } from './note.ts'
import { isNoteText } from './note-format.ts'

const root = Buffer.alloc(32, 1)
const TEXT = checkpointText({ origin: ORIGIN, size: 12, root })
const NOTE = logSigner.sign(TEXT)
const lines = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .filter((line) => isNoteText(`${line}\n`) && !line.includes('\n'))

describe('the extension lines of a checkpoint', () => {
  it('are kept, in their order', () => {
    const checkpoints = fc.record({
      origin: lines,
      size: fc.maxSafeNat(),
      root: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes)),
      extensions: fc.array(lines, { minLength: 1, maxLength: 4 }),
    })
    fc.assert(
      fc.property(checkpoints, (checkpoint) => {
        expect(parseCheckpoint(checkpointText(checkpoint))).toEqual(checkpoint)
      }),
    )
  })

  it('are absent when there are none', () => {
    expect(parseCheckpoint(TEXT)).not.toHaveProperty('extensions')
    expect(checkpointText({ origin: ORIGIN, size: 12, root, extensions: [] })).toBe(TEXT)
  })
})

describe('a checkpoint that could not be read back', () => {
  it.each<readonly [string, Partial<Checkpoint>]>([
    ['no origin', { origin: '' }],
    ['an origin of two lines', { origin: 'a\nb' }],
    ['an empty extension', { extensions: [''] }],
    ['an extension of two lines', { extensions: ['a\nb'] }],
    ['a negative size', { size: -1 }],
    ['a broken size', { size: 1.5 }],
    ['a size beyond numbers', { size: 2 ** 53 }],
    ['a short root', { root: Buffer.alloc(31) }],
  ])('is not written: %s', (_, change) => {
    expect(() => checkpointText({ origin: ORIGIN, size: 1, root, ...change })).toThrow(RangeError)
  })

  it('has counts in one spelling', () => {
    for (const digits of ['', '00', '01', '+1', '-1', '1.0', '1e3', ' 1', '1 ', '9007199254740992', 'Infinity']) {
      expect(parseCount(digits)).toBeNull()
    }
    fc.assert(fc.property(fc.maxSafeNat(), (count) => parseCount(String(count)) === count))
  })
})

describe('a signed checkpoint', () => {
  it('opens with the key and the origin of its log', () => {
    const checkpoint = { origin: ORIGIN, size: 12, root }
    expect(openCheckpoint(NOTE, trustedLog)).toEqual({ ok: true, checkpoint, text: TEXT })
    expect(openCheckpoint(Buffer.from(NOTE), trustedLog)).toMatchObject({ ok: true })
  })

  it('opens with either key while a key is being changed', () => {
    const next = noteSigner(ORIGIN, Buffer.alloc(32, 2))
    const verifiers = [logVerifier, known(parseVerifierKey(next.verifierKey))]
    for (const note of [NOTE, next.sign(TEXT), NOTE + next.sign(TEXT).slice(TEXT.length + 1)]) {
      expect(openCheckpoint(note, { origin: ORIGIN, verifiers })).toMatchObject({ ok: true })
    }
  })

  it.each([
    ['note_malformed', 'nonsense'],
    ['checkpoint_malformed', logSigner.sign('a note\n')],
    ['origin_differs', logSigner.sign(TEXT.replace('county', 'other'))],
    ['signature_unknown', noteSigner(ORIGIN, Buffer.alloc(32, 3)).sign(TEXT)],
    ['signature_wrong', NOTE.replace('\n12\n', '\n13\n')],
  ])('is refused: %s', (fault, note) => {
    expect(openCheckpoint(note, trustedLog)).toEqual({ ok: false, fault })
  })

  it('does not open with any bit of any byte flipped', () => {
    let flips = 0
    for (const changed of bitFlips(Buffer.from(NOTE))) {
      expect(openCheckpoint(changed, trustedLog).ok).toBe(false)
      flips += 1
    }
    expect(flips).toBe(Buffer.byteLength(NOTE) * 8)
  })
})
