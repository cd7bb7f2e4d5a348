import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isNoteName, noteSigner, openNote, parseVerifierKey } from './note.ts'

const seed = Buffer.alloc(32, 7)
const signer = noteSigner('county.example/log', seed)
const verifier = verifierOf(signer.verifierKey)
const TEXT = 'county.example/log\n3\nAAAA\n'

function verifierOf(key: string) {
  const parsed = parseVerifierKey(key)
  if (parsed === null) throw new Error(`not a key: ${key}`)
  return parsed
}

/** The example in the documentation of golang.org/x/mod/sumdb/note. */
const GO_KEY = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
const GO_NOTE = `If you think cryptography is the answer to your problem,
then you don't know what your problem is.

— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
`

describe('a signed note', () => {
  it('opens the note that Go documents', () => {
    const opened = openNote(GO_NOTE, [verifierOf(GO_KEY)])
    expect(opened).toEqual({ ok: true, text: GO_NOTE.slice(0, GO_NOTE.indexOf('\n\n') + 1), signers: ['PeterNeumann'] })
    expect(openNote(GO_NOTE.replace('problem is', 'problem was'), [verifierOf(GO_KEY)])).toMatchObject({
      fault: 'signature_wrong',
    })
  })

  it('opens what it signed, and the signature is the same every time', () => {
    const note = signer.sign(TEXT)
    expect(openNote(note, [verifier])).toEqual({ ok: true, text: TEXT, signers: ['county.example/log'] })
    expect(signer.sign(TEXT)).toBe(note)
    expect(note.split('\n')[4]).toMatch(/^— county\.example\/log [A-Za-z0-9+/]+=*$/)
  })

  it('opens any text that a note may hold', () => {
    const line = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((text) => !/\p{Cc}/u.test(text))
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), (lines) => {
        const text = `${lines.join('\n')}\n`
        expect(openNote(signer.sign(text), [verifier])).toMatchObject({ ok: true, text })
      }),
    )
  })

  it('never opens a note in which one character was changed', () => {
    const note = signer.sign(TEXT)
    fc.assert(
      fc.property(fc.nat({ max: note.length - 1 }), fc.constantFrom('A', 'b', '\n', ' ', '9'), (place, character) => {
        const changed = note.slice(0, place) + character + note.slice(place + 1)
        fc.pre(changed !== note)
        expect(openNote(changed, [verifier]).ok).toBe(false)
      }),
      { numRuns: 400 },
    )
  })

  it('takes nothing for a note that is none, whatever it is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(openNote(Buffer.from(bytes).toString('latin1'), [verifier]).ok).toBe(false)
      }),
    )
    const note = signer.sign(TEXT)
    const malformed = [
      note.slice(0, -1),
      note.replace('\n\n', '\n'),
      note.replace('— ', '- '),
      `${TEXT}\n`,
      `${note}\n`,
      note.replace('county.example/log\n3', 'county\u0007\n3'),
      `${TEXT}\n— county.example/log AAAA\n`,
      `${'x'.repeat(1_000_001)}\n\n— a AAAAAAAA\n`,
      `${TEXT}\n${'— other.example AAAAAAAA\n'.repeat(101)}`,
    ]
    for (const text of malformed) expect(openNote(text, [verifier])).toEqual({ ok: false, fault: 'note_malformed' })
  })

  it('ignores signatures of others, and needs one it knows', () => {
    const other = noteSigner('witness.example', Buffer.alloc(32, 9))
    const cosigned = signer.sign(TEXT) + other.sign(TEXT).slice(TEXT.length + 1)
    expect(openNote(cosigned, [verifier])).toMatchObject({ ok: true, signers: ['county.example/log'] })
    expect(openNote(cosigned, [verifier, verifierOf(other.verifierKey)])).toMatchObject({
      signers: ['county.example/log', 'witness.example'],
    })
    expect(openNote(other.sign(TEXT), [verifier])).toEqual({ ok: false, fault: 'signature_unknown' })
    expect(openNote(signer.sign(TEXT), [])).toEqual({ ok: false, fault: 'signature_unknown' })
  })

  it('does not know a key of the same name with another secret', () => {
    const impostor = noteSigner('county.example/log', Buffer.alloc(32, 8))
    expect(openNote(impostor.sign(TEXT), [verifier])).toEqual({ ok: false, fault: 'signature_unknown' })
  })

  it('refuses to sign text that is not a note', () => {
    for (const text of ['', 'no newline', 'bell \u0007\n', 'carriage\r\n']) {
      expect(() => signer.sign(text)).toThrow(RangeError)
    }
  })
})

describe('keys', () => {
  it('takes a key object and refuses other keys', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const fresh = noteSigner('county.example/log', privateKey)
    expect(openNote(fresh.sign(TEXT), [verifierOf(fresh.verifierKey)]).ok).toBe(true)
    expect(() => noteSigner('county.example/log', publicKey)).toThrow(RangeError)
    expect(() => noteSigner('county.example/log', generateKeyPairSync('x25519').privateKey)).toThrow(RangeError)
    expect(() => noteSigner('county.example/log', Buffer.alloc(31))).toThrow(RangeError)
  })

  it('refuses names with spaces or plus signs', () => {
    for (const name of ['', 'a b', 'a+b', 'a\tb', 'a\u2003b']) {
      expect(isNoteName(name)).toBe(false)
      expect(() => noteSigner(name, seed)).toThrow(RangeError)
    }
    expect(isNoteName('county.example/log')).toBe(true)
  })

  it('reads only a verifier key whose id is its own', () => {
    expect(verifier.name).toBe('county.example/log')
    const [name, id, key] = signer.verifierKey.split('+') as [string, string, string]
    const wrong = [
      '',
      name,
      `${name}+${id}`,
      `${name}+00000000+${key}`,
      `other.example+${id}+${key}`,
      `${signer.verifierKey}=`,
      `${name}+${id}+AAAA`,
      signer.verifierKey.slice(0, -4),
    ]
    for (const text of wrong) expect(parseVerifierKey(text)).toBeNull()
    fc.assert(fc.property(fc.string(), (text) => parseVerifierKey(text) === null))
  })
})
