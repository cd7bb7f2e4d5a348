import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  FRAME_ENTRIES,
  FRAME_HEADER_BYTES,
  type FrameContext,
  type FrameKind,
  frameBytes,
  openFrame,
  readFrameHeader,
  sealFrame,
} from './index-frame.ts'

const ROW = 48
const ENTRY = { records: ROW, facts: 20, removed: 8, position: 0, end: 8 } as const
const context: FrameContext = { key: randomBytes(32), fileHeader: randomBytes(64), rowBytes: ROW }

const frames = fc
  .record({
    kind: fc.constantFrom<FrameKind>('records', 'facts', 'removed', 'position', 'end'),
    count: fc.integer({ min: 0, max: 20 }),
    number: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
    position: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  })
  .map(({ position, ...header }) => ({
    header,
    frame: { position, content: randomBytes(header.count * ENTRY[header.kind]) },
  }))

describe('a frame', () => {
  it('opens to what was sealed, and has the length that its header tells', () => {
    fc.assert(
      fc.property(frames, ({ header, frame }) => {
        const sealed = sealFrame(context, header, frame)
        expect(sealed.length).toBe(frameBytes(header, ROW))
        expect(readFrameHeader(sealed)).toEqual(header)
        expect(openFrame(context, sealed)).toEqual(frame)
      }),
    )
  })

  it('does not open with any bit changed', () => {
    fc.assert(
      fc.property(frames, fc.nat(), fc.integer({ min: 0, max: 7 }), ({ header, frame }, place, bit) => {
        const sealed = sealFrame(context, header, frame)
        const at = place % sealed.length
        sealed[at] = (sealed[at] as number) ^ (1 << bit)
        expect(openFrame(context, sealed)).toBeNull()
        if (at < FRAME_HEADER_BYTES) expect(readFrameHeader(sealed)).toBeNull()
      }),
    )
  })

  it('does not open with another key or in another file', () => {
    const sealed = sealFrame(
      context,
      { kind: 'removed', count: 1, number: 3 },
      { position: 3, content: randomBytes(8) },
    )
    expect(openFrame(context, sealed)).not.toBeNull()
    expect(openFrame({ ...context, key: randomBytes(32) }, sealed)).toBeNull()
    expect(openFrame({ ...context, fileHeader: randomBytes(64) }, sealed)).toBeNull()
  })

  it('sealed twice has no bytes in common after its header', () => {
    const content = Buffer.alloc(ROW * 4, 1)
    const seal = () => sealFrame(context, { kind: 'records', count: 4, number: 1 }, { position: 1, content })
    const [one, two] = [seal(), seal()]
    expect(one.subarray(0, FRAME_HEADER_BYTES)).toEqual(two.subarray(0, FRAME_HEADER_BYTES))
    for (let at = FRAME_HEADER_BYTES; at + 12 <= one.length; at += 1) {
      expect(two.includes(one.subarray(at, at + 12))).toBe(false)
    }
  })

  it('holds at most 1024 entries: a larger count is no header', () => {
    const header = (count: number) =>
      readFrameHeader(
        sealFrame(context, { kind: 'removed', count, number: 1 }, { position: 0, content: Buffer.alloc(0) }),
      )
    expect(header(FRAME_ENTRIES)).toEqual({ kind: 'removed', count: 1024, number: 1 })
    expect(header(FRAME_ENTRIES + 1)).toBeNull()
  })

  it('random bytes are no header', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        expect(readFrameHeader(Buffer.from(bytes))).toBeNull()
      }),
    )
  })
})
