import { once } from 'node:events'
import { afterEach, describe, expect, test } from 'vitest'
import { blankPng } from '../test-support.ts'
import { type Frame, readFrames, writeFrame } from './frames.ts'
import { type DecoderProcess, spawnDecoder } from './spawn-decoder.ts'

let decoder: DecoderProcess | undefined

function start(): DecoderProcess {
  decoder = spawnDecoder({ heapMegabytes: 128, dataMegabytes: 1280 })
  return decoder
}

afterEach(() => {
  decoder?.kill('SIGKILL')
})

/** Asks one thing and waits for the answer. */
function ask(of: DecoderProcess, head: object, body: Uint8Array = new Uint8Array()): Promise<Frame> {
  return new Promise((resolve, reject) => {
    readFrames(of.stdout, resolve, () => reject(new Error('The answer is no frame.')))
    writeFrame(of.stdin, head, body)
  })
}

describe('spawnDecoder', () => {
  test('starts a process that says when it is ready', async () => {
    expect((await ask(start(), { kind: 'ready' })).head).toMatchObject({ ok: true })
  })

  test('gives three bytes for every pixel', async () => {
    const { head, body } = await ask(start(), { kind: 'pixels' }, blankPng(17, 5))
    expect(head).toEqual({ ok: true, width: 17, height: 5, orientation: 1 })
    expect(body).toHaveLength(17 * 5 * 3)
    expect(Math.max(...body)).toBe(0)
  })

  test('answers a damaged image in words of the image library, without its bytes', async () => {
    const png = blankPng(64, 64)
    const { head, body } = await ask(start(), { kind: 'pixels' }, png.subarray(0, 45))
    expect(head).toMatchObject({ ok: false, code: 'unreadable_image' })
    expect(body).toHaveLength(0)
  })

  // The formats behind past security holes; the sniffing before this is not the only wall.
  test.each([
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>'],
    [
      'GIF',
      'GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;',
    ],
    ['PPM', 'P6 1 1 255 abc'],
  ])('cannot read %s at all', async (_, text) => {
    const { head } = await ask(start(), { kind: 'pixels' }, Buffer.from(text, 'latin1'))
    expect(head).toMatchObject({ ok: false, code: 'unreadable_image' })
  })

  test('ends by itself when nobody can ask any more', async () => {
    const process = start()
    await ask(process, { kind: 'ready' })
    process.stdin.end()
    expect(await once(process, 'exit')).toEqual([0, null])
  })

  test('ends when it is sent nonsense', async () => {
    const process = start()
    process.stdin.write(Buffer.alloc(32, 0xff))
    expect(await once(process, 'exit')).toEqual([1, null])
  })
})
