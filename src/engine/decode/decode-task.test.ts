import { describe, expect, test } from 'vitest'
import { isDecodeReply } from './decode-task.ts'

const NOTHING = new Uint8Array()

describe('isDecodeReply', () => {
  test.each([
    [{ ok: true, width: 4, height: 3, orientation: 1 }],
    [{ ok: false, code: 'unreadable_image', detail: 'x' }],
    [{ ok: false, code: 'image_too_large', width: 30_000, height: 30_000 }],
  ])('takes the answers of the program: %j', (head) => expect(isDecodeReply(head, NOTHING)).toBe(true))

  test.each([
    [null],
    [[]],
    ['ok'],
    [{}],
    [{ ok: 'yes', width: 1, height: 1, orientation: 1 }],
    [{ ok: true, width: -1, height: 1, orientation: 1 }],
    [{ ok: true, width: 1e9, height: 1e9, orientation: 1 }],
    [{ ok: true, width: 1, height: 1, orientation: 9 }],
    [{ ok: false, code: 'permitted', detail: 'x' }],
    [{ ok: false, code: 'unreadable_image', detail: { long: true } }],
  ])('takes nothing else: %j', (head) => expect(isDecodeReply(head, NOTHING)).toBe(false))
})
