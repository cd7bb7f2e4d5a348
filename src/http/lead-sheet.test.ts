import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Outcome } from '../base/index.ts'
import { createFakeEngine } from '../engine/index.ts'
import { fillGallery, issuedLead } from './case.fixture.ts'
import { acts, ask, openTestDoor, type TestDoor } from './door.fixture.ts'

let door: TestDoor
let photograph: Buffer

beforeAll(async () => {
  const sharp = (await import('sharp')).default
  photograph = await sharp({ create: { width: 600, height: 600, channels: 3, background: '#998877' } })
    .jpeg()
    .toBuffer()
  const engine = createFakeEngine()
  const displayCopy = async (): Promise<Outcome<Uint8Array, never>> => ({ ok: true, value: photograph })
  door = await openTestDoor({ engine: { ...engine, displayCopy } })
  await fillGallery(door)
})

afterAll(() => door.close())

it('the lead sheet is a PDF that no cache keeps, and its making is logged', async () => {
  const { lead } = await issuedLead(door)
  const response = await ask(door, 'officer', 'GET', `/api/leads/${lead}/sheet.pdf`)
  expect(response.statusCode).toBe(200)
  expect(response.headers).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': `inline; filename="${lead}.pdf"`,
    'cache-control': 'no-store',
  })
  expect(response.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
  expect((await acts(door)).at(-1)).toMatchObject({ act: 'lead.sheet.rendered' })
})
