import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Engine, openEngine } from '../engine/index.ts'
import { probeImage } from './display-probe.ts'
import { bytesOf, codeOf, goodForm, must, openTestIntake, person, type TestIntake } from './intake.fixture.ts'
import { receiveProbe } from './receive-probe.ts'
import { submitRequest } from './submit-request.ts'

const REPOSITORY = resolve(import.meta.dirname, '..', '..')
const WEIGHTS = join(REPOSITORY, '.countenance', 'weights')
const PHOTOGRAPHS = resolve(REPOSITORY, '..', 'shared', 'data', 'frll-600')
const missing = [WEIGHTS, PHOTOGRAPHS].filter((path) => !existsSync(path))
if (missing.length > 0) console.log(`Intake tests with real files are skipped; not here: ${missing.join(', ')}`)

const officer = person('rivera', 'a', 'investigator')

/** A PNG that says it has that many pixels and holds hardly any. */
function pngSaying(width: number, height: number): Uint8Array {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    check.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, check])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(1000))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

describe.skipIf(missing.length > 0)('real files', () => {
  let intake: TestIntake
  let engine: Engine
  let face: Buffer

  beforeAll(async () => {
    engine = await openEngine({ weightsDir: WEIGHTS })
    intake = await openTestIntake(engine)
    face = await readFile(join(PHOTOGRAPHS, '001_03.jpg'))
  })

  afterAll(async () => {
    await intake?.store.close()
    await engine?.close()
  })

  async function row(count: number): Promise<Buffer> {
    const one = await sharp(face).resize(400, 400).toBuffer()
    const pieces = Array.from({ length: count }, (_, at) => ({ input: one, left: at * 400, top: 0 }))
    const canvas = { width: count * 400, height: 400, channels: 3, background: '#888888' } as const
    return await sharp({ create: canvas }).composite(pieces).jpeg().toBuffer()
  }

  it.each<[string, () => Uint8Array | Promise<Uint8Array>, string]>([
    ['an empty file', () => new Uint8Array(), 'empty_file'],
    ['a text', () => bytesOf('This is a text, not a photograph. '.repeat(20)), 'unsupported_type'],
    ['a GIF', () => sharp(face).resize(200).gif().toBuffer(), 'unsupported_type'],
    ['half a JPEG', () => face.subarray(0, face.length / 2), 'unreadable_image'],
    ['a PNG of 30,000 x 30,000', () => pngSaying(30_000, 30_000), 'image_too_large'],
    ['a photograph without a face', grey, 'no_face'],
  ])('%s is refused with a sentence, logged and not kept', async (_what, make, code) => {
    const outcome = await receiveProbe(intake.deps, officer, await make())
    expect(codeOf(outcome)).toBe(code)
    if (!outcome.ok) {
      expect(outcome.problem.message).toMatch(/^[A-Z].*\.$/)
      expect(outcome.problem.remedy).toMatch(/^[A-Z].*\.$/)
    }
    expect((await intake.entries()).at(-1)).toMatchObject({ act: 'probe.refused', facts: { code } })
    expect(await intake.count('probe', 'agcy_a')).toBe(0)
  })

  it('of five faces the investigator chooses one, and there is no sixth', async () => {
    const probe = must(await receiveProbe(intake.deps, officer, await row(5)))
    expect(probe.faces).toHaveLength(5)
    const lefts = probe.faces.map((one) => one.box.x)
    expect(lefts).toEqual(lefts.toSorted((a, b) => a - b))
    expect(must(await submitRequest(intake.deps, officer, goodForm(probe.id, { faceIndex: 4 }))).faceIndex).toBe(4)
    expect(codeOf(await submitRequest(intake.deps, officer, goodForm(probe.id, { faceIndex: 5 })))).toBe('no_such_face')
  })

  it('a photograph that says it lies on its side is turned upright, and that is recorded', async () => {
    const { width, height } = await sharp(face).metadata()
    const turned = await sharp(face).rotate(270).withMetadata({ orientation: 6 }).jpeg().toBuffer()
    const probe = must(await receiveProbe(intake.deps, officer, turned))
    expect(probe).toMatchObject({ exifOrientation: 6, width, height })
    const image = must(await probeImage(intake.deps, officer, probe.id))
    const shown = await sharp(image.bytes).metadata()
    expect([shown.format, shown.orientation]).toEqual(['jpeg', undefined])
    expect((shown.width ?? 0) / (shown.height ?? 1)).toBeCloseTo(width / height, 1)
  })
})

async function grey(): Promise<Buffer> {
  return await sharp({ create: { width: 400, height: 400, channels: 3, background: '#888888' } })
    .jpeg()
    .toBuffer()
}
