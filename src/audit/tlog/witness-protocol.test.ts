import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Checkpoint, checkpointText } from './checkpoint.ts'
import { hex, logSigner, logVerifier, MemoryLog, ORIGIN, witnesses } from './log.fixture.ts'
import { noteSigner } from './note.ts'
import { formatSignatureLine } from './note-format.ts'
import { emptyRoot } from './tree-hash.ts'
import {
  type AddCheckpoint,
  decideAddCheckpoint,
  decodeAddCheckpoint,
  decodeConflict,
  encodeAddCheckpoint,
  encodeConflict,
  WITNESS_STATUS,
} from './witness-protocol.ts'

let log: MemoryLog
beforeAll(async () => {
  log = await MemoryLog.of(300)
})

const logs = new Map([[ORIGIN, [logVerifier]]])
const checkpointAt = async (size: number): Promise<Checkpoint> => ({
  origin: ORIGIN,
  size,
  root: await log.tree.root(size),
})
const noteAt = async (size: number) => logSigner.sign(checkpointText(await checkpointAt(size)))
const stateAt = async (size: number | null) => ({
  logs,
  cosigned: new Map(size === null ? [] : [[ORIGIN, await checkpointAt(size)]]),
})
const bodyOf = async (oldSize: number, size: number, change: Partial<AddCheckpoint> = {}) => {
  const proof = oldSize <= size ? await log.tree.consistencyProof(oldSize, size) : []
  return encodeAddCheckpoint({ oldSize, proof, note: await noteAt(size), ...change })
}
const signed = (size: number, root: Uint8Array) => logSigner.sign(checkpointText({ origin: ORIGIN, size, root }))

describe('a request to a witness', () => {
  it('is the old size, the proof, an empty line and the checkpoint', async () => {
    const body = await bodyOf(2, 4)
    const hash = Buffer.from((await log.tree.consistencyProof(2, 4))[0] as Uint8Array).toString('base64')
    expect(body).toBe(`old 2\n${hash}\n\n${await noteAt(4)}`)
    expect(await bodyOf(0, 4)).toBe(`old 0\n\n${await noteAt(4)}`)
  })

  it('is read as it was written', async () => {
    const note = await noteAt(7)
    const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes))
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.array(hash, { maxLength: 63 }), (oldSize, proof) => {
        const body = encodeAddCheckpoint({ oldSize, proof, note })
        expect(decodeAddCheckpoint(body)).toEqual({ oldSize, proof, note })
        expect(decodeAddCheckpoint(Buffer.from(body))).toEqual({ oldSize, proof, note })
      }),
    )
  })

  it('is malformed in each of these ways', async () => {
    const body = await bodyOf(2, 4)
    const line = `${Buffer.alloc(32).toString('base64')}\n`
    const note = await noteAt(4)
    const malformed = [
      '',
      '\n\n',
      note,
      body.slice(0, -1),
      body.replace('old 2', 'old'),
      body.replace('old 2', 'old  2'),
      body.replace('old 2', 'old 02'),
      body.replace('old 2', 'old -2'),
      body.replace('old 2', 'OLD 2'),
      body.replace('old 2\n', '\n'),
      body.replace('\n\n', '\n'),
      body.replace('\n\n', '\r\n\r\n'),
      body.replace('\n\n', '\n\n\n'),
      body.replace('=\n\n', '\n\n'),
      `old 2\n${line.repeat(64)}\n${note}`,
      `old 2\n${Buffer.alloc(31).toString('base64')}\n\n${note}`,
      `old 2\n\n${logSigner.sign('a note\n')}`,
      `old 2\n\n${note}${'x'.repeat(1_100_000)}`,
      Buffer.concat([Buffer.from(body), Buffer.of(0xff, 0x0a)]),
    ]
    for (const other of malformed) {
      expect(decodeAddCheckpoint(other)).toBeNull()
      expect(decideAddCheckpoint(other, await stateAt(2))).toEqual({ verdict: 'malformed' })
    }
    expect(decodeAddCheckpoint(`old 2\n${line.repeat(63)}\n${note}`)?.proof).toHaveLength(63)
    expect(decodeAddCheckpoint(body)).not.toBeNull()
  })

  it('is not written when it would be malformed', async () => {
    const good = { oldSize: 0, proof: [], note: await noteAt(1) }
    const wrong = [{ oldSize: -1 }, { oldSize: 1.5 }, { proof: [Buffer.alloc(31)] }, { note: 'x' }]
    for (const change of wrong) expect(() => encodeAddCheckpoint({ ...good, ...change })).toThrow(RangeError)
    const proof = Array.from({ length: 64 }, () => Buffer.alloc(32))
    expect(() => encodeAddCheckpoint({ ...good, proof })).toThrow(RangeError)
  })
})

describe('a witness', () => {
  it.each([
    [null, 0, 0],
    [null, 0, 1],
    [null, 0, 300],
    [0, 0, 5],
    [1, 1, 2],
    [5, 5, 5],
    [5, 5, 300],
    [256, 256, 300],
  ])('that knows %j cosigns a request from %i to %i', async (known, oldSize, size) => {
    const decision = decideAddCheckpoint(await bodyOf(oldSize, size), await stateAt(known))
    const checkpoint = await checkpointAt(size)
    expect(decision).toEqual({ verdict: 'cosign', checkpoint, text: checkpointText(checkpoint) })
  })

  it('cosigns the text with its extension lines, and ignores signatures it does not know', async () => {
    const text = checkpointText({ ...(await checkpointAt(5)), extensions: ['more'] })
    const other = noteSigner('other.example', Buffer.alloc(32, 5))
      .sign(text)
      .slice(text.length + 1)
    const note = logSigner.sign(text) + other
    expect(decideAddCheckpoint(await bodyOf(0, 5, { note }), await stateAt(null))).toMatchObject({
      verdict: 'cosign',
      text,
    })
  })

  it.each([
    [null, 1, 5, 0],
    [5, 0, 7, 5],
    [5, 4, 7, 5],
    [5, 6, 7, 5],
    [7, 5, 5, 7],
    [7, 0, 5, 7],
  ])('that knows %j finds a request from %i to %i in conflict, and says %i', async (known, oldSize, size, said) => {
    const decision = decideAddCheckpoint(await bodyOf(oldSize, size), await stateAt(known))
    expect(decision).toEqual({ verdict: 'conflict', by: 'old_size', size: said })
  })

  it('finds another root of the same size in conflict', async () => {
    const note = signed(5, Buffer.alloc(32, 9))
    const decision = decideAddCheckpoint(await bodyOf(5, 5, { note }), await stateAt(5))
    expect(decision).toEqual({ verdict: 'conflict', by: 'root', size: 5 })
    const empty = decideAddCheckpoint(await bodyOf(0, 0, { note: signed(0, Buffer.alloc(32)) }), await stateAt(null))
    expect(empty).toEqual({ verdict: 'conflict', by: 'root', size: 0 })
    const good = await bodyOf(0, 0, { note: signed(0, emptyRoot()) })
    expect(decideAddCheckpoint(good, await stateAt(null))).toMatchObject({ verdict: 'cosign' })
  })

  it('does not know other logs', async () => {
    const text = checkpointText({ ...(await checkpointAt(5)), origin: 'other.example/log' })
    const note = noteSigner('other.example/log', Buffer.alloc(32, 5)).sign(text)
    const decision = decideAddCheckpoint(await bodyOf(0, 5, { note }), await stateAt(null))
    expect(decision).toEqual({ verdict: 'unknown_log' })
  })

  it('refuses signatures by other keys, wrong ones, and cosignatures alone', async () => {
    const text = checkpointText(await checkpointAt(5))
    const impostor = noteSigner(ORIGIN, Buffer.alloc(32, 5)).sign(text)
    const wrong = (await noteAt(4)).replace(checkpointText(await checkpointAt(4)), text)
    const state = await stateAt(null)
    for (const note of [impostor, wrong]) {
      expect(decideAddCheckpoint(await bodyOf(0, 5, { note }), state)).toEqual({ verdict: 'bad_signature' })
    }
    const none = { logs: new Map([[ORIGIN, witnesses]]), cosigned: new Map() }
    expect(decideAddCheckpoint(await bodyOf(0, 5), none)).toEqual({ verdict: 'bad_signature' })
    const line = formatSignatureLine({ name: ORIGIN, keyId: '00000000', signature: Buffer.alloc(64) })
    const both = (await noteAt(5)) + line
    expect(decideAddCheckpoint(await bodyOf(0, 5, { note: both }), state)).toMatchObject({ verdict: 'cosign' })
  })

  it('takes an old size above the checkpoint for malformed, but only after the signature', async () => {
    expect(decideAddCheckpoint(await bodyOf(6, 5), await stateAt(6))).toEqual({ verdict: 'malformed' })
    const impostor = noteSigner(ORIGIN, Buffer.alloc(32, 5)).sign(checkpointText(await checkpointAt(5)))
    const decision = decideAddCheckpoint(await bodyOf(6, 5, { note: impostor }), await stateAt(6))
    expect(decision).toEqual({ verdict: 'bad_signature' })
  })

  it('refuses a proof that does not hold', async () => {
    const path = await log.tree.consistencyProof(5, 9)
    const wrong = [[], path.slice(1), path.toReversed(), [...path, Buffer.alloc(32)], path.with(0, Buffer.alloc(32))]
    for (const proof of wrong) {
      expect(decideAddCheckpoint(await bodyOf(5, 9, { proof }), await stateAt(5))).toEqual({ verdict: 'bad_proof' })
    }
    const needless = { proof: [Buffer.alloc(32)] }
    expect(decideAddCheckpoint(await bodyOf(0, 9, needless), await stateAt(null))).toEqual({ verdict: 'bad_proof' })
    expect(decideAddCheckpoint(await bodyOf(9, 9, needless), await stateAt(9))).toEqual({ verdict: 'bad_proof' })
  })

  it('never cosigns a log that was written anew, whatever the forger sends', async () => {
    const forged = new MemoryLog()
    await forged.grow(Array.from({ length: 40 }, (_, place) => Buffer.from(`other ${place}`)))
    for (let size = 5; size <= 40; size += 1) {
      const note = signed(size, await forged.tree.root(size))
      const proof = await forged.tree.consistencyProof(5, size)
      const decision = decideAddCheckpoint(encodeAddCheckpoint({ oldSize: 5, proof, note }), await stateAt(5))
      expect(decision.verdict).toBe(size === 5 ? 'conflict' : 'bad_proof')
    }
  })

  it('cosigns step by step and never goes back', async () => {
    const cosigned = new Map<string, Checkpoint>()
    for (const [oldSize, size] of [
      [0, 3],
      [3, 100],
      [100, 100],
      [100, 300],
    ] as const) {
      const decision = decideAddCheckpoint(await bodyOf(oldSize, size), { logs, cosigned })
      if (decision.verdict !== 'cosign') throw new Error(decision.verdict)
      cosigned.set(ORIGIN, decision.checkpoint)
    }
    expect(hex(cosigned.get(ORIGIN)?.root as Uint8Array)).toBe(hex(log.state.root))
    const back = decideAddCheckpoint(await bodyOf(100, 300), { logs, cosigned })
    expect(back).toEqual({ verdict: 'conflict', by: 'old_size', size: 300 })
  })
})

describe('the answers', () => {
  it('have the statuses of the protocol', () => {
    expect(WITNESS_STATUS).toEqual({
      cosign: 200,
      malformed: 400,
      bad_signature: 403,
      unknown_log: 404,
      conflict: 409,
      bad_proof: 422,
    })
  })

  it('say the known size in a conflict', () => {
    fc.assert(fc.property(fc.maxSafeNat(), (size) => decodeConflict(encodeConflict(size)) === size))
    expect(encodeConflict(20_852_014)).toBe('20852014\n')
    for (const body of ['', '\n', '5', '05\n', '5\n\n', '-5\n', 'x\n']) expect(decodeConflict(body)).toBeNull()
  })
})
