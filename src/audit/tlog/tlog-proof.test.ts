import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { addSignatures, cosigner, parseWitnessKey } from './cosignature.ts'
import {
  bitFlips,
  cosigners,
  entryAt,
  known,
  logSigner,
  MemoryLog,
  ORIGIN,
  TIME,
  trustedLog,
  witnesses,
} from './log.fixture.ts'
import { noteSigner } from './note.ts'
import { parseNote } from './note-format.ts'
import { checkPolicy, decodeTlogProof, encodeTlogProof, type TlogProof, verifyTlogProof } from './tlog-proof.ts'

const SIZE = 300
let log: MemoryLog
let note: string
beforeAll(async () => {
  log = await MemoryLog.of(SIZE)
  const text = known(parseNote(log.note)).text
  note = addSignatures(
    log.note,
    cosigners.slice(0, 2).map((one) => one.cosign(text, TIME)),
  )
})

const proofOf = async (index: number, change: Partial<TlogProof> = {}) =>
  encodeTlogProof({ index, path: await log.tree.inclusionProof(index), checkpoint: note, ...change })
const trust = (needed: number, count = 2) => ({
  log: trustedLog,
  policy: { witnesses: witnesses.slice(0, count), needed },
})

describe('a proof', () => {
  it('is a header, what there is of extra, the index, the path, an empty line and the checkpoint', async () => {
    const own = await MemoryLog.of(2)
    const path = await own.tree.inclusionProof(1)
    const line = Buffer.from(path[0] as Uint8Array).toString('base64')
    const proof = { index: 1, path, checkpoint: own.note }
    expect(encodeTlogProof(proof)).toBe(`c2sp.org/tlog-proof@v1\nindex 1\n${line}\n\n${own.note}`)
    expect(encodeTlogProof({ ...proof, extra: Buffer.from('salt') })).toBe(
      `c2sp.org/tlog-proof@v1\nextra c2FsdA==\nindex 1\n${line}\n\n${own.note}`,
    )
    const alone = await MemoryLog.of(1)
    const single = encodeTlogProof({ index: 0, path: [], checkpoint: alone.note })
    expect(single).toBe(`c2sp.org/tlog-proof@v1\nindex 0\n\n${alone.note}`)
    expect(verifyTlogProof(entryAt(0), single, trust(0))).toMatchObject({ ok: true })
  })

  it('is read as it was written', () => {
    const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes))
    const proofs = fc.record(
      {
        index: fc.maxSafeNat(),
        path: fc.array(hash, { maxLength: 63 }),
        checkpoint: fc.constant(log.note),
        extra: fc.uint8Array({ minLength: 1, maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
      },
      { requiredKeys: ['index', 'path', 'checkpoint'] },
    )
    fc.assert(
      fc.property(proofs, (proof) => {
        expect(decodeTlogProof(encodeTlogProof(proof))).toEqual(proof)
        expect(decodeTlogProof(Buffer.from(encodeTlogProof(proof)))).toEqual(proof)
      }),
    )
  })

  it('is malformed in each of these ways', async () => {
    const text = await proofOf(7, { extra: Buffer.from('salt') })
    const line = `${Buffer.alloc(32).toString('base64')}\n`
    const malformed = [
      '',
      note,
      text.slice(1),
      text.slice(0, -1),
      text.replace('@v1', '@v2'),
      text.replace('index 7', 'index 07'),
      text.replace('index 7', 'index -7'),
      text.replace('index 7', 'index  7'),
      text.replace('index 7', 'Index 7'),
      text.replace('index 7\n', ''),
      text.replace('extra c2FsdA==', 'extra '),
      text.replace('extra c2FsdA==', 'extra c2FsdA'),
      text.replace('extra c2FsdA==', 'extra c2FsdB=='),
      text.replace('extra c2FsdA==', 'more c2FsdA=='),
      text.replace('extra c2FsdA==\n', 'extra c2FsdA==\nextra c2FsdA==\n'),
      text.replace('extra c2FsdA==\nindex 7\n', 'index 7\nextra c2FsdA==\n'),
      text.replace('\n\n', '\n'),
      text.replace('\n\n', '\n\n\n'),
      text.replaceAll('\n', '\r\n'),
      text.replace('=\n\n', '\n\n'),
      text.replace('index 7\n', `index 7\n${line.repeat(64)}`),
      text.replace('index 7\n', `index 7\n${Buffer.alloc(33).toString('base64')}\n`),
      `c2sp.org/tlog-proof@v1\nindex 7\n\n${logSigner.sign('a note\n')}`,
      Buffer.concat([Buffer.from(text), Buffer.of(0xff, 0x0a)]),
    ]
    for (const other of malformed) {
      expect(decodeTlogProof(other)).toBeNull()
      expect(verifyTlogProof(entryAt(7), other, trust(0))).toEqual({ ok: false, fault: 'proof_malformed' })
    }
    expect(decodeTlogProof(text)?.extra).toEqual(Buffer.from('salt'))
  })

  it('is not written when it would be malformed', async () => {
    for (const change of [{ index: -1 }, { index: 0.5 }, { path: [Buffer.alloc(31)] }, { extra: Buffer.alloc(0) }]) {
      await expect(proofOf(7, change)).rejects.toThrow(RangeError)
    }
    await expect(proofOf(7, { checkpoint: 'x' })).rejects.toThrow(RangeError)
    const path = Array.from({ length: 64 }, () => Buffer.alloc(32))
    await expect(proofOf(7, { path })).rejects.toThrow(RangeError)
  })
})

describe('an entry', () => {
  it('is proved by its bytes, the key of the log and the witnesses', async () => {
    for (const index of [0, 7, 255, 256, 299]) {
      const verdict = verifyTlogProof(entryAt(index), await proofOf(index), trust(2))
      expect(verdict).toMatchObject({ ok: true, index, checkpoint: { origin: ORIGIN, size: SIZE } })
      expect(verdict).toHaveProperty(
        'cosignatures',
        witnesses.slice(0, 2).map(({ name, keyId }) => ({ name, keyId, time: TIME })),
      )
    }
  })

  it.each([
    [0, 0, true],
    [0, 3, true],
    [1, 1, true],
    [2, 2, true],
    [2, 3, true],
    [3, 3, false],
  ])('that needs %i of %i witnesses, where two cosigned: %s', async (needed, count, ok) => {
    const verdict = verifyTlogProof(entryAt(7), await proofOf(7), trust(needed, count))
    if (ok) expect(verdict).toMatchObject({ ok: true })
    else expect(verdict).toEqual({ ok: false, fault: 'cosignatures_missing' })
  })

  it('is not proved by another entry, place, path or log', async () => {
    const proof = await proofOf(7)
    const missing = { ok: false, fault: 'not_included' }
    expect(verifyTlogProof(entryAt(8), proof, trust(2))).toEqual(missing)
    expect(verifyTlogProof(entryAt(7), await proofOf(7, { index: 8 }), trust(2))).toEqual(missing)
    expect(verifyTlogProof(entryAt(7), await proofOf(7, { index: 300 }), trust(2))).toEqual(missing)
    expect(verifyTlogProof(entryAt(7), await proofOf(7, { path: [] }), trust(2))).toEqual(missing)
    const other = { ...trust(2), log: { ...trustedLog, origin: 'other.example/log' } }
    expect(verifyTlogProof(entryAt(7), proof, other)).toEqual({ ok: false, fault: 'origin_differs' })
    const keyless = { ...trust(2), log: { origin: ORIGIN, verifiers: [] } }
    expect(verifyTlogProof(entryAt(7), proof, keyless)).toEqual({ ok: false, fault: 'signature_unknown' })
  })

  it('is not proved by witnesses alone, nor with a wrong signature of a known one among enough others', async () => {
    const text = known(parseNote(note)).text
    const impostor = noteSigner(ORIGIN, Buffer.alloc(32, 6)).sign(text)
    const checkpoint = addSignatures(impostor, known(parseNote(note)).signatures.slice(1))
    expect(verifyTlogProof(entryAt(7), await proofOf(7, { checkpoint }), trust(2))).toMatchObject({
      fault: 'signature_unknown',
    })
    const wrong = known(cosigners[1]).cosign(text.replace('300', '301'), TIME)
    const half = addSignatures(note, [wrong])
    expect(verifyTlogProof(entryAt(7), await proofOf(7, { checkpoint: half }), trust(1))).toMatchObject({
      fault: 'signature_wrong',
    })
  })

  it('is not proved with any bit of any byte of its proof flipped', async () => {
    const own = await MemoryLog.of(5)
    const text = known(parseNote(own.note)).text
    const checkpoint = addSignatures(
      own.note,
      cosigners.slice(0, 2).map((one) => one.cosign(text, TIME)),
    )
    const proof = Buffer.from(encodeTlogProof({ index: 2, path: await own.tree.inclusionProof(2), checkpoint }))
    expect(verifyTlogProof(entryAt(2), proof, trust(2)).ok).toBe(true)
    let flips = 0
    for (const changed of bitFlips(proof)) {
      expect(verifyTlogProof(entryAt(2), changed, trust(2)).ok).toBe(false)
      flips += 1
    }
    expect(flips).toBe(proof.length * 8)
  })
})

describe('a policy', () => {
  it.each([-1, 0.5, 3, Number.NaN])('of two witnesses cannot need %d', (needed) => {
    expect(() => checkPolicy(trust(needed).policy)).toThrow(RangeError)
    expect(() => verifyTlogProof(entryAt(0), '', trust(needed))).toThrow(RangeError)
  })

  it('takes one key under two names for one witness', () => {
    const keys = ['one.example', 'two.example'].map((name) =>
      known(parseWitnessKey(cosigner(name, Buffer.alloc(32, 8)).verifierKey)),
    )
    expect(() => checkPolicy({ witnesses: keys, needed: 2 })).toThrow(RangeError)
    expect(() => checkPolicy({ witnesses: keys, needed: 1 })).not.toThrow()
  })
})
