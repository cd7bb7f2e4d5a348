import { generateKeyPairSync, sign, verify } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkpointText } from './checkpoint.ts'
import {
  acceptCosignatures,
  addSignatures,
  cosigner,
  countCosignatures,
  parseWitnessKey,
  readCosignatures,
  type WitnessKey,
} from './cosignature.ts'
import { bitFlips, cosigners, known, logSigner, logVerifier, ORIGIN, TIME, witnesses } from './log.fixture.ts'
import { noteSigner, openNote, parseVerifierKey } from './note.ts'
import { formatSignatureLine, type NoteSignature, parseNote } from './note-format.ts'

const TEXT = checkpointText({ origin: ORIGIN, size: 3, root: Buffer.alloc(32, 4) })
const NOTE = logSigner.sign(TEXT)
const [first, second, third] = [0, 1, 2].map((place) => known(cosigners[place]).cosign(TEXT, TIME)) as [
  NoteSignature,
  NoteSignature,
  NoteSignature,
]
const seed = Buffer.alloc(32, 11)
const keyOf = (text: string): WitnessKey => known(parseWitnessKey(text))
const cosigned = addSignatures(NOTE, [first, second])

describe('a cosignature', () => {
  it('is the time in eight bytes and an Ed25519 signature of header, time and the whole text', () => {
    const { signature } = known(cosigners[0]).cosign(TEXT, TIME)
    expect(Buffer.from(signature).readBigUInt64BE()).toBe(BigInt(TIME))
    expect(signature).toHaveLength(72)
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const own = cosigner('w.example', privateKey).cosign(TEXT, 1_679_315_147).signature
    const message = Buffer.from(`cosignature/v1\ntime 1679315147\n${TEXT}`)
    expect(verify(null, message, publicKey, own.subarray(8))).toBe(true)
  })

  it('stands on a checkpoint beside the signature of the log, and opens with the key of its witness', () => {
    expect(parseNote(cosigned)?.signatures.map((one) => one.name)).toEqual([
      ORIGIN,
      'witness.example/w1',
      'witness.example/w2',
    ])
    expect(openNote(cosigned, [logVerifier])).toMatchObject({ ok: true, signers: [ORIGIN] })
    expect(openNote(cosigned, witnesses)).toMatchObject({ signers: ['witness.example/w1', 'witness.example/w2'] })
    expect(openNote(cosigned, [logVerifier, ...witnesses])).toMatchObject({ ok: true, text: TEXT })
  })

  it('is read with its time, at any time', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (time) => {
        const note = addSignatures(NOTE, [known(cosigners[0]).cosign(TEXT, time)])
        const cosignatures = [{ name: 'witness.example/w1', keyId: known(witnesses[0]).keyId, time }]
        expect(readCosignatures(note, witnesses)).toEqual({ ok: true, cosignatures })
      }),
      { numRuns: 30 },
    )
  })

  it('covers the extension lines', () => {
    const text = checkpointText({ origin: ORIGIN, size: 3, root: Buffer.alloc(32, 4), extensions: ['more'] })
    const wrong = addSignatures(logSigner.sign(text), [first])
    expect(readCosignatures(wrong, witnesses)).toEqual({ ok: false, fault: 'signature_wrong' })
    const right = addSignatures(logSigner.sign(text), [known(cosigners[0]).cosign(text, TIME)])
    expect(countCosignatures(right, witnesses)).toBe(1)
  })

  it('is made only of checkpoints, at times that can be written', () => {
    const one = known(cosigners[0])
    for (const text of ['', 'a note\n', 'log\n1\n\n', TEXT.slice(0, -1)])
      expect(() => one.cosign(text, 1)).toThrow(RangeError)
    for (const time of [-1, 0.5, Number.NaN, 2 ** 53]) expect(() => one.cosign(TEXT, time)).toThrow(RangeError)
    const notes = noteSigner('w.example', seed)
    const witness = keyOf(cosigner('w.example', seed).verifierKey)
    const { privateKey } = generateKeyPairSync('ed25519')
    const stray = sign(null, Buffer.from('cosignature/v1\ntime 0\na note\n'), privateKey)
    const strayKey = keyOf(cosigner('s.example', privateKey).verifierKey)
    expect(strayKey.verifies('a note\n', Buffer.concat([Buffer.alloc(8), stray]))).toBe(false)
    expect(countCosignatures(notes.sign('a note\n'), [witness])).toBe(0)
  })
})

describe('counting', () => {
  it('counts known witnesses, whatever else is on the note', () => {
    expect(countCosignatures(NOTE, witnesses)).toBe(0)
    expect(countCosignatures(cosigned, [])).toBe(0)
    expect(countCosignatures(cosigned, witnesses)).toBe(2)
    expect(countCosignatures(cosigned, witnesses.slice(1))).toBe(1)
    expect(countCosignatures(addSignatures(cosigned, [third]), witnesses)).toBe(3)
  })

  it('counts a witness once, by its latest time', () => {
    const later = known(cosigners[0]).cosign(TEXT, TIME + 60)
    const lines = [later, first].map(formatSignatureLine).join('')
    expect(readCosignatures(NOTE + lines, witnesses)).toMatchObject({ cosignatures: [{ time: TIME + 60 }] })
    expect(readCosignatures(NOTE + formatSignatureLine(first) + formatSignatureLine(later), witnesses)).toMatchObject({
      cosignatures: [{ time: TIME + 60 }],
    })
  })

  it('counts one key under two names once', () => {
    const twice = ['one.example', 'two.example'].map((name) => cosigner(name, seed))
    const note = addSignatures(
      NOTE,
      twice.map((one) => one.cosign(TEXT, TIME)),
    )
    expect(
      countCosignatures(
        note,
        twice.map((one) => keyOf(one.verifierKey)),
      ),
    ).toBe(1)
  })

  it('counts nothing when a known one is wrong', () => {
    const stolen = { ...second, signature: first.signature }
    const note = addSignatures(NOTE, [first, stolen])
    expect(readCosignatures(note, witnesses)).toEqual({ ok: false, fault: 'signature_wrong' })
    expect(countCosignatures(note, witnesses)).toBe(0)
    expect(countCosignatures(note, witnesses.slice(0, 1))).toBe(1)
  })

  it('refuses what is no checkpoint', () => {
    expect(readCosignatures('', witnesses)).toEqual({ ok: false, fault: 'note_malformed' })
    expect(readCosignatures(logSigner.sign('a\n'), witnesses)).toEqual({ ok: false, fault: 'checkpoint_malformed' })
  })

  it('refuses another length, another time, and every flipped bit', () => {
    const { signature, ...line } = known(cosigners[0]).cosign(TEXT, TIME)
    const wrong = [signature.subarray(0, 71), Buffer.concat([signature, Buffer.of(0)]), signature.subarray(8)]
    const beyond = Buffer.from(signature)
    beyond[0] = 0x80
    for (const other of [...wrong, beyond, ...bitFlips(signature)]) {
      expect(countCosignatures(addSignatures(NOTE, [{ ...line, signature: other }]), witnesses)).toBe(0)
    }
  })
})

describe('the answer of a witness', () => {
  const answer = formatSignatureLine(first)

  it('is taken into the checkpoint, without lines of others', () => {
    const taken = acceptCosignatures(NOTE, answer + formatSignatureLine(third), witnesses.slice(0, 2))
    expect(taken).toBe(NOTE + answer)
  })

  it('takes the place of an older one', () => {
    const later = formatSignatureLine(known(cosigners[0]).cosign(TEXT, TIME + 9))
    expect(acceptCosignatures(NOTE + answer, later, witnesses)).toBe(NOTE + later)
    expect(addSignatures(NOTE + answer, [first])).toBe(NOTE + answer)
  })

  it.each([
    ['malformed', 'nonsense\n'],
    ['empty', ''],
    ['not ended', formatSignatureLine(first).slice(0, -1)],
    ['by nobody known', formatSignatureLine(cosigner('x.example', Buffer.alloc(32, 9)).cosign(TEXT, TIME))],
    ['of another checkpoint', formatSignatureLine(known(cosigners[0]).cosign(TEXT.replace('3', '4'), TIME))],
  ])('is refused when it is %s', (_, other) => {
    expect(acceptCosignatures(NOTE, other, witnesses)).toBeNull()
  })

  it('is refused when a good line comes with a wrong one of a known witness', () => {
    const wrong = formatSignatureLine({ ...second, signature: first.signature })
    expect(acceptCosignatures(NOTE, answer + wrong, witnesses)).toBeNull()
    expect(acceptCosignatures(NOTE, answer + wrong, witnesses.slice(0, 1))).toBe(NOTE + answer)
  })

  it('is refused for what is no note', () => {
    expect(acceptCosignatures('no note', answer, witnesses)).toBeNull()
    expect(() => addSignatures('no note', [first])).toThrow(RangeError)
  })
})

describe('the key of a witness', () => {
  const text = known(cosigners[0]).verifierKey

  it('is told from the key of a log by its type', () => {
    expect(parseVerifierKey(text)).toBeNull()
    expect(parseWitnessKey(logSigner.verifierKey)).toBeNull()
    const both = [noteSigner('a.example', seed).verifierKey, cosigner('a.example', seed).verifierKey]
    expect(new Set(both.map((key) => key.split('+')[1])).size).toBe(2)
  })

  it('is refused when anything about it is changed', () => {
    for (let place = 0; place < text.length; place += 1) {
      const changed = text.slice(0, place) + (text[place] === 'A' ? 'B' : 'A') + text.slice(place + 1)
      expect(parseWitnessKey(changed)).toBeNull()
      expect(parseWitnessKey(text.slice(0, place))).toBeNull()
    }
    fc.assert(fc.property(fc.string(), (other) => parseWitnessKey(other) === null))
  })

  it('is made only of an Ed25519 secret and a name that can sign', () => {
    expect(() => cosigner('a b', seed)).toThrow(RangeError)
    expect(() => cosigner('a', Buffer.alloc(31))).toThrow(RangeError)
    expect(() => cosigner('a', generateKeyPairSync('x25519').privateKey)).toThrow(RangeError)
  })
})
