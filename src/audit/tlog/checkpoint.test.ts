import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkpointText, parseCheckpoint } from './checkpoint.ts'

const root = Buffer.alloc(32, 1)
const encoded = root.toString('base64')

describe('a checkpoint', () => {
  it('is three lines', () => {
    expect(checkpointText({ origin: 'county.example/log', size: 12, root })).toBe(
      `county.example/log\n12\n${encoded}\n`,
    )
  })

  it('is read as it was written', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.uint8Array({ minLength: 32, maxLength: 32 }), (size, hash) => {
        const read = parseCheckpoint(checkpointText({ origin: 'county.example/log', size, root: hash }))
        expect(read).toEqual({ origin: 'county.example/log', size, root: Buffer.from(hash) })
      }),
    )
  })

  it('may have extension lines, but no empty ones', () => {
    expect(parseCheckpoint(`log\n1\n${encoded}\nextension\n`)?.size).toBe(1)
    expect(parseCheckpoint(`log\n1\n${encoded}\n\n`)).toBeNull()
  })

  it('is refused when anything about it is unusual', () => {
    const unusual = [
      '',
      `log\n1\n${encoded}`,
      `\n1\n${encoded}\n`,
      `log\n01\n${encoded}\n`,
      `log\n-1\n${encoded}\n`,
      `log\n1.5\n${encoded}\n`,
      `log\n9007199254740993\n${encoded}\n`,
      `log\n1\n${encoded.slice(0, -4)}\n`,
      `log\n1\n${encoded.slice(0, -1)}\n`,
      `log\n1\n${root.toString('hex')}\n`,
    ]
    for (const text of unusual) expect(parseCheckpoint(text)).toBeNull()
  })
})
