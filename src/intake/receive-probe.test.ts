import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fail, sha256Hex } from '../base/index.ts'
import { createFakeEngine, type EngineCode } from '../engine/index.ts'
import { StoreError, sql } from '../store/index.ts'
import { probeImage } from './display-probe.ts'
import { bytesOf, codeOf, must, openTestIntake, person, type TestIntake } from './intake.fixture.ts'
import { PROBE_BYTES_LIMIT } from './probe.ts'
import { readProbe } from './read-probe.ts'
import { receiveProbe } from './receive-probe.ts'
import { probeBytes, probeOf } from './records.ts'

const officer = person('rivera', 'a', 'investigator')
const colleague = person('okafor', 'a', 'investigator')
const supervisor = person('chen', 'a', 'supervisor')
const auditor = person('ash', 'a', 'auditor')
const foreigner = person('stone', 'b', 'investigator', 'supervisor', 'auditor')

let intake: TestIntake

beforeAll(async () => {
  intake = await openTestIntake()
})

afterAll(() => intake.store.close())

describe('a photograph that can be used', () => {
  it('is kept with its faces, and the original comes back byte for byte', async () => {
    const bytes = bytesOf('TWOFACES at the counter')
    const probe = must(await receiveProbe(intake.deps, officer, bytes))
    expect(probe).toMatchObject({ agency: 'agcy_a', uploadedBy: 'acct_rivera', width: 600, height: 600 })
    expect(probe.faces.map((face) => face.index)).toEqual([0, 1])
    expect(probe.imageDigest).toBe(sha256Hex(bytes))
    const again = await intake.store.transaction({ agency: 'agcy_a' }, async (tx) => {
      const read = await probeOf(tx, probe.id)
      expect(read).toEqual(probe)
      return await probeBytes(intake.deps, tx, probe)
    })
    expect(Buffer.from(again)).toEqual(Buffer.from(bytes))
  })

  it('is sealed: its bytes lie nowhere in clear, under a key of its own', async () => {
    const probe = await intake.probe(officer, 'PERSON:sealed:very recognisable bytes')
    const file = readFileSync(`${intake.store.blobFolder}/${probe.blob.slice(0, 2)}/${probe.blob.slice(2)}`)
    expect(file.includes('very recognisable bytes')).toBe(false)
    const other = await intake.probe(officer, 'PERSON:other:1')
    const keys = await intake.store.transaction({ agency: 'agcy_a' }, async (tx) => {
      const { rows } = await sql<{ data_key: string }>`select data_key from sealed_blob
        where id in (${probe.blob}, ${other.blob})`.execute(tx)
      return new Set(rows.map((row) => row.data_key))
    })
    expect(keys.size).toBe(2)
  })

  it('is logged by digest, in the same transaction', async () => {
    const probe = await intake.probe(officer, 'PERSON:logged:1')
    const entry = (await intake.entries()).find((line) => line.about === probe.id)
    expect(entry).toMatchObject({ act: 'probe.received', actor: officer.account, agency: 'agcy_a' })
    expect(entry?.facts).toEqual({ imageDigest: probe.imageDigest, faces: 1 })
  })

  it('handed in twice makes two probes; neither replaces the other', async () => {
    const first = await intake.probe(officer, 'PERSON:twice:1')
    const second = await intake.probe(officer, 'PERSON:twice:1')
    expect(second.id).not.toBe(first.id)
    expect(second.imageDigest).toBe(first.imageDigest)
    expect(second.blob).not.toBe(first.blob)
  })

  it('cannot be changed or removed by the service afterwards', async () => {
    const probe = await intake.probe(officer, 'PERSON:kept:1')
    const change = (statement: ReturnType<typeof sql>) =>
      intake.store.transaction({ agency: 'agcy_a' }, (tx) => statement.execute(tx))
    await expect(change(sql`update probe set blob = 'x' where id = ${probe.id}`)).rejects.toThrow(/permission denied/)
    await expect(change(sql`delete from probe where id = ${probe.id}`)).rejects.toThrow(/permission denied/)
  })
})

describe('a file that cannot be used', () => {
  it.each([
    ['a photograph without a face', 'NOFACE sky', 'no_face'],
    ['a truncated file', 'BROKEN half', 'unreadable_image'],
    ['an empty file', '', 'empty_file'],
  ])('%s is refused with its sentence, logged and not kept', async (_what, image, code) => {
    const probes = await intake.count('probe', 'agcy_a')
    const outcome = await receiveProbe(intake.deps, officer, bytesOf(image))
    expect(codeOf(outcome)).toBe(code)
    if (!outcome.ok) {
      expect(outcome.problem.message).toMatch(/\.$/)
      expect(outcome.problem.remedy).toMatch(/\.$/)
    }
    expect((await intake.entries()).at(-1)).toMatchObject({ act: 'probe.refused', about: null, facts: { code } })
    expect(await intake.count('probe', 'agcy_a')).toBe(probes)
  })

  it('a file over the size limit never reaches the engine', async () => {
    const engine = createFakeEngine()
    const outcome = await receiveProbe({ ...intake.deps, engine }, officer, new Uint8Array(PROBE_BYTES_LIMIT + 1))
    expect(codeOf(outcome)).toBe('image_too_large')
    expect(engine.counts.analyses).toBe(0)
    expect((await intake.entries()).at(-1)).toMatchObject({ act: 'probe.refused', facts: { code: 'image_too_large' } })
  })

  it.each<EngineCode>(['unsupported_type', 'image_too_large', 'decode_timeout', 'face_too_small', 'engine_busy'])(
    'the engine says %s: that is what is told and logged',
    async (code) => {
      const engine = { ...createFakeEngine(), analyse: async () => fail(code, 'It cannot be read.', 'Try another.') }
      expect(codeOf(await receiveProbe({ ...intake.deps, engine }, officer, bytesOf('x')))).toBe(code)
      expect((await intake.entries()).at(-1)).toMatchObject({ act: 'probe.refused', facts: { code } })
    },
  )

  it('a full disk keeps nothing, says so and is logged', async () => {
    const full = new StoreError('disk_full', 'full', 'free space')
    const blobs = { ...intake.store.blobs, put: () => Promise.reject(full) }
    const before = [await intake.count('probe', 'agcy_a'), await intake.count('data_key', 'agcy_a')]
    const outcome = await receiveProbe({ ...intake.deps, store: { ...intake.store, blobs } }, officer, bytesOf('x'))
    expect(codeOf(outcome)).toBe('disk_full')
    expect([await intake.count('probe', 'agcy_a'), await intake.count('data_key', 'agcy_a')]).toEqual(before)
    expect((await intake.entries()).at(-1)).toMatchObject({ act: 'probe.refused', facts: { code: 'disk_full' } })
  })

  it('any other trouble of the store ends the act', async () => {
    const blobs = { ...intake.store.blobs, put: () => Promise.reject(new StoreError('key_missing', 'no key', 'x')) }
    const act = receiveProbe({ ...intake.deps, store: { ...intake.store, blobs } }, officer, bytesOf('x'))
    await expect(act).rejects.toThrow('no key')
  })
})

describe('reading a probe', () => {
  it.each([officer, supervisor, auditor])('%s may', async (reader) => {
    const probe = await intake.probe(officer)
    expect(must(await readProbe(intake.deps, reader, probe.id))).toEqual(probe)
    const image = must(await probeImage(intake.deps, reader, probe.id))
    expect(image.mediaType).toBe('image/jpeg')
    expect(Buffer.from(image.bytes).toString()).toBe('PERSON:ann:probe')
  })

  it.each([
    ['another agency, whatever the role', foreigner],
    ['a colleague', colleague],
  ])('%s is told that there is none, and the log keeps who asked', async (_who, reader) => {
    const probe = await intake.probe(officer)
    expect(codeOf(await readProbe(intake.deps, reader, probe.id))).toBe('not_found')
    const entry = { act: 'record.withheld', actor: reader.account, agency: reader.agency, about: null }
    expect((await intake.entries()).at(-1)).toEqual(expect.objectContaining(entry))
    expect((await intake.entries()).at(-1)?.facts).toEqual({ kind: 'probe', id: probe.id })
    expect(codeOf(await probeImage(intake.deps, reader, probe.id))).toBe('not_found')
  })

  it('gives the same answer for an id that never was', async () => {
    const probe = await intake.probe(officer)
    const hidden = await readProbe(intake.deps, foreigner, probe.id)
    const unknown = await readProbe(intake.deps, foreigner, 'probe_00000000000000000000')
    expect(unknown).toEqual(hidden)
  })

  it.each(['', '\u0000', "' or 1=1", 'x'.repeat(5000), '\ud800'])('survives the id %j', async (id) => {
    expect(codeOf(await readProbe(intake.deps, officer, id))).toBe('not_found')
    expect((await intake.entries()).at(-1)).toMatchObject({ act: 'record.withheld', facts: { kind: 'probe' } })
  })

  it('row-level security hides it from a transaction of another agency, and from one of none', async () => {
    const probe = await intake.probe(officer)
    expect(await intake.store.transaction({ agency: 'agcy_b' }, (tx) => probeOf(tx, probe.id))).toBeNull()
    expect(await intake.store.transaction({ agency: null }, (tx) => probeOf(tx, probe.id))).toBeNull()
  })
})
