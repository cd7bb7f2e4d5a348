import { PassThrough } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Frame, readFrames, writeFrame } from './frames.ts'

/** The bytes that frames become on the pipe. */
function written(frames: readonly Frame[]): Buffer {
  const pipe = new PassThrough()
  for (const { head, body } of frames) writeFrame(pipe, head as object, body)
  return (pipe.read() as Buffer | null) ?? Buffer.alloc(0)
}

/** What arrives when those bytes come in the given pieces. */
function arrived(pieces: readonly Uint8Array[]): { frames: Frame[]; broken: number } {
  const pipe = new PassThrough()
  const frames: Frame[] = []
  let broken = 0
  readFrames(
    pipe,
    (frame) => frames.push({ head: frame.head, body: Uint8Array.from(frame.body) }),
    () => {
      broken += 1
    },
  )
  for (const piece of pieces) pipe.emit('data', Buffer.from(piece))
  return { frames, broken }
}

const frame: fc.Arbitrary<Frame> = fc.record({
  head: fc.record({ kind: fc.string(), width: fc.integer() }),
  body: fc.uint8Array({ maxLength: 300 }),
})

describe('writeFrame and readFrames', () => {
  test('frames arrive as they were written, however the bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 5 }), fc.integer({ min: 1, max: 64 }), (sent, piece) => {
        const bytes = written(sent)
        const pieces = Array.from({ length: Math.ceil(bytes.length / piece) }, (_, index) => {
          return bytes.subarray(index * piece, (index + 1) * piece)
        })
        expect(arrived(pieces).frames).toEqual(sent)
      }),
    )
  })

  test('several frames in one piece all arrive', () => {
    const sent = [1, 2, 3].map((kind) => ({ head: { kind }, body: Uint8Array.of(kind) }))
    expect(arrived([written(sent)]).frames).toEqual(sent)
  })

  test('half a frame is waited for', () => {
    const bytes = written([{ head: { kind: 'pixels' }, body: new Uint8Array(100) }])
    expect(arrived([bytes.subarray(0, 60)])).toEqual({ frames: [], broken: 0 })
  })

  test('a length beyond any image is broken, once, and nothing more is read', () => {
    const nonsense = Buffer.alloc(64, 0xff)
    expect(arrived([nonsense, nonsense])).toEqual({ frames: [], broken: 1 })
  })

  test('a record that is no JSON is broken, and throws nothing', () => {
    const bytes = Buffer.concat([Buffer.from([3, 0, 0, 0, 0, 0, 0, 0]), Buffer.from('{x}')])
    expect(arrived([bytes, bytes])).toEqual({ frames: [], broken: 1 })
  })
})
