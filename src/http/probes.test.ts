import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { probeOf } from './case.fixture.ts'
import { acts, ask, openTestDoor, send, type TestDoor, upload } from './door.fixture.ts'

let door: TestDoor

beforeAll(async () => {
  door = await openTestDoor()
})

afterAll(() => door.close())

describe('probes', () => {
  it('a photograph handed in comes back with its faces', async () => {
    const response = await send(door, 'officer', '/api/probes', upload('TWOFACES'))
    expect(response.statusCode).toBe(201)
    const probe = response.json()
    expect(probe).toMatchObject({ width: 600, height: 600, mediaType: 'image/jpeg', exifOrientation: 1 })
    expect(probe.faces).toHaveLength(2)
    expect(probe.faces[1]).toMatchObject({ index: 1, usable: true, interEyePixels: 90 })
    expect(probe.faces[0].landmarks).toHaveLength(5)
    expect((await ask(door, 'officer', 'GET', `/api/probes/${probe.id}`)).json()).toEqual(probe)
  })

  it('its display copy is a JPEG that no cache keeps', async () => {
    const id = await probeOf(door, 'officer', 'PERSON:mara:probe')
    const image = await ask(door, 'officer', 'GET', `/api/probes/${id}/image`)
    expect(image.statusCode).toBe(200)
    expect(image.headers).toMatchObject({ 'content-type': 'image/jpeg', 'cache-control': 'no-store' })
    expect(image.rawPayload.toString()).toBe('PERSON:mara:probe')
  })

  it.each([
    ['NOFACE', 'no_face'],
    ['BROKEN', 'unreadable_image'],
    ['', 'empty_file'],
  ])('%j is refused as %s, with what to do', async (image, code) => {
    const response = await send(door, 'officer', '/api/probes', upload(image))
    expect(response.statusCode).toBe(422)
    expect(response.json().code).toBe(code)
    expect(response.json().remedy.length).toBeGreaterThan(10)
  })

  it("another agency's probe is not there, and the question is logged", async () => {
    const id = await probeOf(door, 'officer', 'PERSON:mara:probe')
    for (const url of [`/api/probes/${id}`, `/api/probes/${id}/image`]) {
      const response = await ask(door, 'neighbour', 'GET', url)
      expect(response.statusCode).toBe(404)
      expect(response.json().code).toBe('not_found')
      expect((await acts(door)).at(-1)).toMatchObject({ act: 'record.withheld', facts: { kind: 'probe', id } })
    }
  })
})
